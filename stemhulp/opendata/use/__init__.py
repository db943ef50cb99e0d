"""How often the quiz was used, as anyone may know it: days that are over, and no small number."""
