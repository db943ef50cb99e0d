"""What a voter or a volunteer takes along: from plain values to a PDF or an image.

This room only sets. It knows no contest, no database and no request, and its templates hold no
word: whoever asks for a handout counts, chooses the language, and gives every text as a value.
"""
