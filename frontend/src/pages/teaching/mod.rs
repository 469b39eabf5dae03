//! Classes: planned by a school, approved by the county, met week by week.

pub(crate) mod calls;
pub(crate) mod check_in;
pub(crate) mod class;
pub(crate) mod discussion;
pub(crate) mod discussion_reports;
pub(crate) mod edit;
pub(crate) mod hand_in;
pub(crate) mod hand_ins;
pub(crate) mod holidays;
pub(crate) mod inquiries;
pub(crate) mod list;
pub(crate) mod meeting;
pub(super) mod meeting_notices;
pub(crate) mod new;
pub(super) mod next_meeting;
pub(super) mod own_hours;
pub(super) mod own_skills;
mod plan;
pub(crate) mod screen;
pub(crate) mod skill_record;
mod skill_words;
pub(crate) mod skills;
mod study_words;
pub(crate) mod timetable;
mod week;
pub(crate) mod without_roll;
mod words;
