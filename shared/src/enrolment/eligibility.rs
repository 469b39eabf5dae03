//! Whether somebody may enrol, and the one reason why not.

use super::{EnrolmentRule, rule_for};
use crate::{
    learning::CourseLevel,
    organisation::DivisionCode,
    person::{EducationBand, EducationLevel, age_on},
    problem::{ProblemCode, Refusal},
};
use jiff::civil::Date;
use serde_json::json;

/// What is known of somebody who wants to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentFacts {
    /// 常住地: its rules hold.
    pub residence: DivisionCode,
    /// The level to study for.
    pub level: CourseLevel,
    /// The birth date.
    pub born: Date,
    /// 文化程度, if known.
    pub education: Option<EducationLevel>,
    /// Whether they read and write, as the school has seen.
    pub is_literate: bool,
    /// Whether they go to a full-time school.
    pub is_in_full_time_school: bool,
    /// A record of theirs that still runs, at any level.
    pub running: Option<RunningRecord>,
    /// Whether we ourselves have given them the diploma of this level.
    pub has_our_diploma: bool,
}

/// What somebody has learnt before, as far as it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schooling {
    /// The level to study for.
    pub level: CourseLevel,
    /// 文化程度, if known.
    pub education: Option<EducationLevel>,
    /// Whether they read and write, as the school has seen.
    pub is_literate: bool,
    /// Whether we ourselves have given them the diploma of this level.
    pub has_our_diploma: bool,
}

/// Where somebody is enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningRecord {
    /// Name of the school, if whoever asks may know it.
    pub provider_name: Option<String>,
    /// Since when.
    pub since: Date,
}

/// Somebody may enrol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The row that the learner keeps.
    pub rule: EnrolmentRule,
    /// Completed years of life on the day.
    pub age: i16,
}

/// Why somebody may not enrol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentRefusal {
    /// No rule holds there on that day.
    #[error("no rule of enrolment")]
    NoRule,
    /// Too young.
    #[error("too young")]
    TooYoung {
        /// The age that is needed.
        youngest: i16,
        /// The first day on which they may.
        from: Date,
    },
    /// Too old.
    #[error("too old")]
    TooOld {
        /// The age up to which one may.
        oldest: i16,
        /// Theirs.
        age: i16,
    },
    /// In a full-time school.
    #[error("in a full-time school")]
    InFullTimeSchool,
    /// Enrolled already.
    #[error("already enrolled")]
    AlreadyEnrolled(RunningRecord),
    /// Another place keeps the person. Nothing else is said of them.
    #[error("kept elsewhere")]
    KeptElsewhere,
    /// Holds a diploma of this level or a higher one.
    #[error("already holds the diploma")]
    AlreadyHolds {
        /// The level asked for.
        level: CourseLevel,
    },
    /// Nobody has said what schooling they have, or how it ended, and that decides.
    #[error("schooling is not settled")]
    EducationUnsettled {
        /// What is known.
        education: Option<EducationLevel>,
    },
    /// The schooling that must come before is not finished.
    #[error("prior schooling is missing")]
    PriorLevelMissing {
        /// What is needed.
        needed: EducationLevel,
    },
}

impl Refusal for EnrolmentRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::EnrolmentRefused
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::NoRule => "enrolment-refused.no-rule",
            Self::TooYoung { .. } => "enrolment-refused.too-young",
            Self::TooOld { .. } => "enrolment-refused.too-old",
            Self::InFullTimeSchool => "enrolment-refused.in-school",
            Self::AlreadyEnrolled(RunningRecord { provider_name: Some(_), .. }) => "enrolment-refused.already-enrolled",
            Self::AlreadyEnrolled(_) => "enrolment-refused.already-enrolled-elsewhere",
            Self::KeptElsewhere => "enrolment-refused.kept-elsewhere",
            Self::AlreadyHolds { level: CourseLevel::Junior } => "enrolment-refused.holds-junior",
            Self::AlreadyHolds { level: CourseLevel::Senior } => "enrolment-refused.holds-senior",
            Self::EducationUnsettled { .. } => "enrolment-refused.education-unsettled",
            Self::PriorLevelMissing { needed } => match needed.band() {
                EducationBand::Junior => "enrolment-refused.junior-missing",
                _ => "enrolment-refused.prior-missing",
            },
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TooYoung { youngest, from } => json!({ "youngest": youngest, "from": from }),
            Self::TooOld { oldest, age } => json!({ "oldest": oldest, "age": age }),
            Self::AlreadyEnrolled(RunningRecord { provider_name: Some(name), since }) => {
                json!({ "provider": name, "since": since })
            }
            Self::AlreadyHolds { level } => json!({ "level": level }),
            Self::EducationUnsettled { education } => json!({ "education": education }),
            Self::PriorLevelMissing { needed } => json!({ "needed": needed }),
            Self::NoRule | Self::InFullTimeSchool | Self::AlreadyEnrolled(_) | Self::KeptElsewhere => {
                serde_json::Value::Null
            }
        }
    }
}

/// Decides whether somebody may enrol on `day`, by the row that holds at their residence.
///
/// # Errors
/// The first [`EnrolmentRefusal`]: age before everything that papers could change.
pub fn judge_enrolment(
    facts: &EnrolmentFacts,
    rules: &[EnrolmentRule],
    day: Date,
) -> Result<Enrolment, EnrolmentRefusal> {
    let rule = rule_for(rules, facts.residence, facts.level, day).ok_or(EnrolmentRefusal::NoRule)?;
    let age = age_on(facts.born, day);
    if age < rule.youngest {
        let from = birthday(facts.born, rule.youngest);
        return Err(EnrolmentRefusal::TooYoung { youngest: rule.youngest, from });
    }
    if age > rule.oldest {
        return Err(EnrolmentRefusal::TooOld { oldest: rule.oldest, age });
    }
    if facts.is_in_full_time_school {
        return Err(EnrolmentRefusal::InFullTimeSchool);
    }
    if let Some(running) = &facts.running {
        return Err(EnrolmentRefusal::AlreadyEnrolled(running.clone()));
    }
    let EnrolmentFacts { level, education, is_literate, has_our_diploma, .. } = *facts;
    judge_schooling(&Schooling { level, education, is_literate, has_our_diploma }, rule)?;
    Ok(Enrolment { rule: *rule, age })
}

/// What a level leads to.
pub(super) const fn aim_of(level: CourseLevel) -> EducationBand {
    match level {
        CourseLevel::Junior => EducationBand::Junior,
        CourseLevel::Senior => EducationBand::Senior,
    }
}

/// Decides whether somebody has learnt what must come before, and no more. 毕业 alone proves a level; where nobody
/// has said how schooling ended, and that decides, it must be settled first.
///
/// # Errors
/// [`EnrolmentRefusal::AlreadyHolds`], [`EnrolmentRefusal::EducationUnsettled`] or
/// [`EnrolmentRefusal::PriorLevelMissing`].
pub fn judge_schooling(schooling: &Schooling, rule: &EnrolmentRule) -> Result<(), EnrolmentRefusal> {
    let aim = aim_of(schooling.level);
    let education = schooling.education;
    let proven = education.map_or(EducationBand::Other, EducationLevel::proven);
    let possible = education.map_or(EducationBand::Other, EducationLevel::possible);
    let needed = rule.prior.proven();
    let is_literate_enough = rule.is_literacy_enough && schooling.is_literate;
    if schooling.has_our_diploma || proven >= aim {
        Err(EnrolmentRefusal::AlreadyHolds { level: schooling.level })
    } else if possible >= aim {
        Err(EnrolmentRefusal::EducationUnsettled { education })
    } else if proven >= needed || is_literate_enough {
        Ok(())
    } else if education.is_none() || possible >= needed {
        Err(EnrolmentRefusal::EducationUnsettled { education })
    } else {
        Err(EnrolmentRefusal::PriorLevelMissing { needed: rule.prior })
    }
}

/// The day on which somebody becomes `age`; born on a leap day, the day after where there is none.
fn birthday(born: Date, age: i16) -> Date {
    let year = born.year().saturating_add(age);
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).unwrap_or(born)
}

#[cfg(test)]
mod tests;
