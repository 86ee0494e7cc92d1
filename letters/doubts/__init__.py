"""What is not sure: every field that may be wrong is told to the admin, at its place.

`weighing` a task's own fields · `guessed` tasks whose very shape is thin · `astray` signs that the list of tasks is
broken · `unread` passages that may order and became no task · `missing` what the frame lacks.
"""
