//! The content of a course version.

use super::Activity;
use crate::{ids::UnitId, item_bank::Item, rights::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The level of schooling that a course counts for.
    CourseLevel {
        /// 成人初中.
        Junior = "junior",
        /// 成人高中.
        Senior = "senior",
    }
}

text_enum! {
    /// How a course counts for the diploma (DOMAIN §1.7).
    CourseRole {
        /// 必修.
        Required = "required",
        /// One of several, such as 自然科学 or 社会科学.
        ChooseOne = "choose_one",
        /// 选修.
        Elective = "elective",
    }
}

text_enum! {
    /// What a course teaches.
    CourseKind {
        /// 文化课.
        Culture = "culture",
        /// 技能课.
        Skill = "skill",
    }
}

/// The content of one course version. Stored as a document; immutable once published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CourseContent {
    /// What anybody is told of it.
    #[serde(default)]
    pub about: CourseAbout,
    /// The modules, in order.
    pub modules: Vec<Module>,
}

/// What a stranger is told of a course before any lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CourseAbout {
    /// What one can do after it, in Markdown. Its first picture stands for the course.
    pub goals: String,
    /// Whether anybody may read the first lesson as a sample.
    pub is_sample_open: bool,
    /// 教材: the textbook by which it goes; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub textbook: String,
    /// 课程标准年份: of which year the standard is that it fulfils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_year: Option<u16>,
}

impl CourseAbout {
    /// By what it goes, as it is read: the textbook and the year of the standard, a line each.
    #[must_use]
    pub fn basis(&self) -> String {
        let textbook = Some(self.textbook.clone()).filter(|textbook| !textbook.is_empty());
        let year = self.standard_year.map(|year| year.to_string());
        textbook.into_iter().chain(year).collect::<Vec<_>>().join("\n")
    }
}

/// 模块: a few units that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// The title.
    pub title: String,
    /// The units, in order.
    pub units: Vec<Unit>,
}

/// 单元: what is read in one go. Each unit is one task point (任务点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Stays the same over versions as long as the unit is the same to a learner.
    pub id: UnitId,
    /// The title.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// The lesson in Markdown.
    pub body: String,
    /// The exercises, in order.
    pub exercises: Vec<Item>,
    /// What else is done in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
}
