"""A file that takes its name only when it is complete, so that nobody opens half a result."""

from pathlib import Path

from ceting.survey.errors import SurveyError


class PartFile:
    """The unfinished file beside its destination."""

    def __init__(self, destination: Path) -> None:
        """Raises SurveyError here, before any row is read, where the place can't be written."""
        if destination.is_dir():
            raise SurveyError(f"{destination} adalah folder. Sebutkan nama berkas di dalamnya.")
        if not destination.parent.is_dir():
            raise SurveyError(f"Folder {destination.parent} tidak ada. Buat dulu, atau pilih folder lain.")
        self.destination = destination
        self.path = destination.with_name(f".{destination.name}.belum-selesai")
        try:
            self.path.open("wb").close()
        except OSError as error:
            raise SurveyError(
                f"{destination} tidak bisa ditulis ({error.strerror}). Periksa izin menulis di foldernya."
            ) from None

    def finish(self) -> None:
        """Give the complete file its name; an older file of that name is replaced."""
        self.path.replace(self.destination)

    def abandon(self) -> None:
        """Remove the unfinished file."""
        self.path.unlink(missing_ok=True)
