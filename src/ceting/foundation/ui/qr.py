"""QR codes: dark on white, whatever the theme, because a phone's camera reads no other way round."""

import io

import segno


def qr_data_uri(text: str) -> str:
    """For an <img> on a screen."""
    return segno.make(text, micro=False).svg_data_uri(scale=6, border=4, light="#fff")


def qr_svg(text: str) -> str:
    """For paper: small, and with a quarter of it lost to a crease or a thumb still read."""
    drawn = io.BytesIO()
    # Weighing all eight masks takes seven eighths of the time, and a page holds eleven codes; readers take any mask.
    segno.make(text, micro=False, error="q", boost_error=False, mask=4).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return drawn.getvalue().decode()
