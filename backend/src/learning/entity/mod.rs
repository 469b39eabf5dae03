//! Rows of the feature's tables.

pub(super) mod announcement;
pub(super) mod announcement_reading;
pub(super) mod anomaly_look;
pub(super) mod assignment_hand_in;
pub(super) mod assignment_mark;
pub(super) mod assignment_photo;
pub(super) mod attendance_rule;
pub(super) mod class;
pub(super) mod class_agreement;
pub(super) mod class_course;
pub(super) mod class_departure;
pub(super) mod class_member;
pub(super) mod class_reminder;
pub(super) mod course;
pub(super) mod course_review;
pub(super) mod course_version;
pub(super) mod course_writer;
pub(super) mod daily_cap;
pub(super) mod exercise_answer;
pub(super) mod inquiry;
pub(super) mod study_interval;
pub(super) mod study_note;
