"""What an office sets: its settings file, its model, its profile, the findings it has accepted."""
