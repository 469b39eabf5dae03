//! What learners keep beside the lessons.

mod mistakes;
