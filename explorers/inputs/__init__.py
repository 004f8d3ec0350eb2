"""What a learner hands to an explorer, checked and evaluated: functions with their slopes, data, sizes."""
