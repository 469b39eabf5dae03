//! Responses of `/public/courses`: what anybody may know of a course that is published.

use super::{CatalogueShelf, CourseRole};
use crate::{organisation::DivisionCode, time::Timestamp};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the hours of a course are worth, by which version of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseCredits {
    /// Credits for all its hours; its test is worth more on top.
    pub credits: u16,
    /// Where the rule holds.
    pub region: DivisionCode,
    /// The first day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub valid_from: Date,
}

/// One row of `GET /public/courses`: the newest published version of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueRow {
    /// Catalogue code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Where it stands in the catalogue.
    pub shelf: CatalogueShelf,
    /// How it counts for the diploma.
    pub role: CourseRole,
    /// All class hours of 45 minutes.
    pub class_hours: u16,
    /// Of these, face to face; the others are studied online.
    pub face_to_face_hours: u16,
    /// What the hours are worth.
    pub credits: CourseCredits,
    /// What it is about.
    pub summary: String,
    /// Address of the picture that stands for it, if it has one.
    pub picture: Option<String>,
    /// The textbook by which the version goes; may be empty.
    pub textbook: String,
    /// Of which year the standard is that it fulfils.
    pub standard_year: Option<u16>,
    /// Number of the version.
    pub version: i32,
    /// When that was published.
    pub published_at: Timestamp,
    /// Task points: one a unit.
    pub task_points: u16,
    /// Exercises in all its units.
    pub exercises: u16,
}

/// One course: `GET /public/courses/{code}`. No lesson but the sample stands in it, and no exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueCourse {
    /// What the list shows of it, too.
    pub course: CatalogueRow,
    /// What one can do after it, as sanitised HTML; empty if its author says nothing.
    pub goals_html: String,
    /// Its modules, in order.
    pub modules: Vec<CatalogueModule>,
    /// The first lesson, if its author lets anybody read it.
    pub sample: Option<LessonSample>,
}

/// One module of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueModule {
    /// The title.
    pub title: String,
    /// Its units, in order.
    pub units: Vec<CatalogueUnit>,
}

/// One unit of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueUnit {
    /// The title.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// Exercises in it.
    pub exercises: u16,
}

/// A lesson that anybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LessonSample {
    /// Title of the unit.
    pub title: String,
    /// The lesson as sanitised HTML.
    pub html: String,
}
