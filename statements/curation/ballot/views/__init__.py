"""The screens of the ballot: councils, lists, and the Kiesraad's file."""
