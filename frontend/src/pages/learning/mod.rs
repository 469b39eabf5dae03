//! The learner's own study: what to do next, the map of a course, and a unit to read.

pub(crate) mod announcements;
pub(crate) mod course_map;
pub(crate) mod discussion;
pub(crate) mod discussions;
pub(crate) mod downloads;
pub(crate) mod home;
pub(crate) mod inquiries;
pub(crate) mod mistakes;
pub(crate) mod notes;
mod of_classes;
pub(crate) mod offline;
mod own_list;
pub(crate) mod quiz;
pub(crate) mod quizzes;
mod reminders;
mod standing;
pub(crate) mod unit;
mod unit_facts;
mod ways;
