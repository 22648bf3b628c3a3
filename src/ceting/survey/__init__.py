"""`ceting survey FILE`: a nutrition survey from a spreadsheet, through the same numbers as the app.

Pure: no Django. A source is read in blocks, each block is scored and written before the next is read,
so memory does not grow with the number of children.
"""
