"""The course itself: lesson texts to notebooks, the learner's copies, the pages, and the doctor that examines it all."""
