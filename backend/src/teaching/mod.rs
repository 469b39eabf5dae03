//! Timetables of classes, who came to them, and what learners were trained in.

mod calendar;
mod changes;
mod check_in;
mod clashes;
mod division_columns;
mod entity;
mod export;
mod hours;
mod makeups;
mod mine;
mod notices;
mod person_facts;
mod photos;
mod register_export;
mod roll;
mod rooms;
mod routes;
mod skills;
mod store;
mod timetable;
mod timetable_export;
mod views;
mod work;

pub use calendar::Holidays;
pub use division_columns::division_columns;
pub use hours::{attendance_of, hours_ever_of, hours_in_class, presences_of};
pub use person_facts::person_facts;
pub use roll::record as record_roll_calls;
pub use routes::routes;
pub use skills::{
    VerifiedSkills, check_certificate, check_training, own_record as own_skill_record, record_certificate,
    record_training, verified_skills_of,
};
pub use timetable::enter_series;
pub use work::work;

use crate::platform::sealed::SealedColumn;

/// Photos of rolls and of certificates, numbers of certificates, and what the codes of meetings are made of.
pub const SEALED: &[SealedColumn] =
    &[photos::SEALED, skills::certificates::SEALED, skills::photos::SEALED, check_in::SEALED];
