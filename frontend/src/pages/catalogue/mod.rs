//! The catalogue of courses, for anybody.

pub(crate) mod course;
pub(crate) mod list;
mod places;
mod words;
