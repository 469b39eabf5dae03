//! Courses: how they are written, and how they are studied.

mod announcements;
mod anomalies;
mod assignments;
mod attendance_rules;
mod authoring;
mod catalogue;
mod class_study;
mod class_tallies;
mod classes;
mod course_rules;
mod daily_caps;
mod discussions;
mod division_columns;
mod docx;
mod entity;
mod exercises;
mod external;
mod following;
mod inquiries;
mod mistakes;
mod notes;
mod offers;
mod offline;
mod open_catalogue;
mod own_courses;
mod person_facts;
mod quizzes;
mod records;
mod reminders;
mod reviews;
mod routes;
mod standing;
mod standing_ever;
mod standings;
mod statement_readers;
mod statements;
mod stops;
mod store;
mod study;
mod versions;

pub use announcements::announcement_readings_of;
pub use assignments::hand_ins_of;
pub use authoring::{AuthorCourse, PublishCourse, create_course, save_and_publish};
pub use catalogue::{CourseHead, course, course_heads, courses};
pub use class_tallies::{CourseTally, course_tallies, learners_after, taught_courses};
pub use classes::{
    ClassHead, ClassRolls, LearnerClass, LeaveClasses, add_learners, attendance_rule, attendance_rules, change_class,
    class, class_members, class_plan, classes, classes_by_learner, classes_ever_of, classes_of, classes_that_meet,
    courses_of, everybody_of, is_learner_of, join_class, learners_of, learners_within, lock_class, open_class,
    permit_class, plan_class, provider_of, step_class, work,
};
pub use course_rules::kept::{KeptCourseRules, kept_course_rules};
pub use discussions::{OpenTopic, discussion_of, open_topic, read_topic, write_post};
pub use division_columns::division_columns;
pub use docx::{DocxText, docx_text, docx_words};
pub use exercises::answer as answer_exercise;
pub use external::{external_subjects_of, forget_assertions, forget_launches, serve_tools};
pub use inquiries::inquiries_of;
pub use notes::notes_of;
pub use own_courses::{courses_ever, my_courses};
pub use person_facts::person_facts;
pub use quizzes::quiz_attempts_of;
pub use records::study_records;
pub use reminders::reminders_of;
pub use routes::routes;
pub use standing_ever::{hold_learner, hold_standing_ever};
pub use standings::standings;
pub use statements::statement_resources;
pub use study::{StudyCourses, beat, permit_study};

use crate::platform::sealed::SealedColumn;

/// Columns of sealed bytes.
pub const SEALED: &[SealedColumn] = &[assignments::SEALED_PHOTOS, classes::SEALED_AGREEMENTS];
