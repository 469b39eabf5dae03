//! 毕业审核: whether a learner may have the diploma, and what is missing (DOMAIN §1.2, §1.3, §8).

use super::GraduationRule;
use crate::{
    enrolment::RecordState,
    learning::{CourseRole, HourWorth},
    results::{Grade, GradeRules, credit},
    teaching::{CertificateKind, SkillLevel},
};
use serde::{Deserialize, Serialize};

/// Class hours that are worth one credit: they are added up first (DOMAIN §1.3).
const HOURS_A_CREDIT: u32 = 10;
/// Parts of a credit, in which the hours of several courses are added up: what is over of one is not lost.
const PARTS: u64 = 1_000_000_000;

/// A course of the learner's level, as the diploma sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiplomaCourse {
    /// Its title.
    pub title: String,
    /// How it counts.
    pub role: CourseRole,
    /// The grade of the certificate that the city approved.
    pub grade: Option<Grade>,
    /// Whether somebody proposes to make that certificate void.
    pub is_in_question: bool,
    /// Class hours face to face that count.
    pub class_hours: u32,
    /// Class hours face to face that the rule of the learner's classes asks for.
    pub needed_hours: u16,
    /// What its hours are worth by a rule of its own that the learner keeps, if there is one.
    pub worth: Option<HourWorth>,
}

impl DiplomaCourse {
    /// What its hours are worth, in parts of a credit: as much of the credits of its rule as of its hours. Where the
    /// rule asks for none, the credits are given once the course counts.
    fn hour_parts(&self) -> u64 {
        let Some(HourWorth { credits, hours }) = self.worth else {
            return u64::from(self.class_hours) * PARTS / u64::from(HOURS_A_CREDIT);
        };
        let whole = u64::from(credits) * PARTS;
        match hours {
            0 if self.grade.is_some() => whole,
            0 => 0,
            // Three thirds are a whole.
            hours => (whole * u64::from(self.class_hours.min(u32::from(hours)))).div_ceil(u64::from(hours)),
        }
    }
}

/// A certificate of a skill that two found right and that no higher one replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiplomaSkill {
    /// What it is.
    pub kind: CertificateKind,
    /// How high; one without a level counts as the lowest.
    pub level: Option<SkillLevel>,
}

/// What is known of a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraduationFacts {
    /// Where the record stands. Age, schooling before and papers were judged by the offices that led it there.
    pub state: RecordState,
    /// Whether the identity is verified.
    pub is_identified: bool,
    /// Whether the person holds a diploma of the level, by whichever record, that was not made void.
    pub holds_diploma: bool,
    /// Every published course of the level.
    pub courses: Vec<DiplomaCourse>,
    /// Certificates of skills.
    pub skills: Vec<DiplomaSkill>,
    /// Class hours of trainings that were found right.
    pub skill_hours: u32,
}

/// Something that is missing. Each has one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GraduationGap {
    /// The person holds a diploma of the level already.
    HoldsDiploma {},
    /// There is no record of a learner who studies.
    NotStudying {},
    /// The identity is not verified.
    NotIdentified {},
    /// No rule says what the diploma asks for.
    NoRule {},
    /// The level has no course that could count.
    NoCourses {},
    /// A required course does not count yet.
    Course {
        /// Its title.
        title: String,
    },
    /// None counts of the courses of which one is chosen.
    ChooseOne {},
    /// No elective counts.
    Elective {},
    /// Somebody proposes to make the certificate of a course void.
    InQuestion {
        /// Title of the course.
        title: String,
    },
    /// Class hours face to face are missing.
    ClassHours {
        /// Title of the course.
        title: String,
        /// Those that count.
        done: u32,
        /// Those that are needed.
        needed: u16,
    },
    /// No certificate of a skill was found right.
    SkillCertificate {},
    /// Credits are missing.
    Credits {
        /// Those that count.
        earned: u16,
        /// Those that are needed.
        needed: u16,
    },
}

/// What a learner lacks for the diploma, what comes first before the rest; nothing if they may have it. `rule` is the
/// row that the learner keeps.
#[must_use]
pub fn graduation_gaps(facts: &GraduationFacts, rule: Option<&GraduationRule>) -> Vec<GraduationGap> {
    let mut gaps = Vec::new();
    if facts.holds_diploma {
        gaps.push(GraduationGap::HoldsDiploma {});
    }
    if !matches!(facts.state, RecordState::Studying | RecordState::Eligible) {
        gaps.push(GraduationGap::NotStudying {});
    }
    if !facts.is_identified {
        gaps.push(GraduationGap::NotIdentified {});
    }
    gaps.extend(gaps_in_courses(&facts.courses));
    match rule {
        None => gaps.push(GraduationGap::NoRule {}),
        Some(rule) => gaps.extend(gaps_by_rule(facts, rule)),
    }
    gaps
}

fn gaps_in_courses(courses: &[DiplomaCourse]) -> Vec<GraduationGap> {
    if courses.is_empty() {
        return vec![GraduationGap::NoCourses {}];
    }
    let title = |course: &DiplomaCourse| course.title.clone();
    let of_role = |role: CourseRole| courses.iter().filter(move |course| course.role == role);
    let lacks_one = |role| of_role(role).next().is_some() && of_role(role).all(|course| course.grade.is_none());
    let missing = of_role(CourseRole::Required).filter(|course| course.grade.is_none());
    let mut gaps: Vec<_> = missing.map(|course| GraduationGap::Course { title: title(course) }).collect();
    if lacks_one(CourseRole::ChooseOne) {
        gaps.push(GraduationGap::ChooseOne {});
    }
    if lacks_one(CourseRole::Elective) {
        gaps.push(GraduationGap::Elective {});
    }
    let counted = || courses.iter().filter(|course| course.grade.is_some());
    let in_question = counted().filter(|course| course.is_in_question);
    gaps.extend(in_question.map(|course| GraduationGap::InQuestion { title: title(course) }));
    let short = counted().filter(|course| course.class_hours < u32::from(course.needed_hours));
    gaps.extend(short.map(|course| GraduationGap::ClassHours {
        title: title(course),
        done: course.class_hours,
        needed: course.needed_hours,
    }));
    gaps
}

fn gaps_by_rule(facts: &GraduationFacts, rule: &GraduationRule) -> Vec<GraduationGap> {
    let mut gaps = Vec::new();
    if rule.needs_skill_certificate && facts.skills.is_empty() {
        gaps.push(GraduationGap::SkillCertificate {});
    }
    let earned = graduation_credits(facts, rule);
    if earned < rule.credits {
        gaps.push(GraduationGap::Credits { earned, needed: rule.credits });
    }
    gaps
}

/// Credits of culture and skill by the provincial formula, each up to its cap (DOMAIN §1.3); of a course that has a rule
/// of its own, hours are worth what that says (ADR 41).
#[must_use]
pub fn graduation_credits(facts: &GraduationFacts, rule: &GraduationRule) -> u16 {
    let grades = GradeRules::zhejiang_2022();
    let parts = facts.courses.iter().map(DiplomaCourse::hour_parts).fold(0, u64::saturating_add);
    let hours = u32::try_from(parts / PARTS).unwrap_or(u32::MAX);
    let tests = facts.courses.iter().filter_map(|course| course.grade).map(|grade| u32::from(credit(grade, &grades)));
    let culture = hours.saturating_add(tests.sum::<u32>());
    let best = facts.skills.iter().map(|skill| skill_credits(*skill, rule)).max().unwrap_or_default();
    let skill = facts.skill_hours / HOURS_A_CREDIT + u32::from(best);
    up_to(culture, rule.culture_cap) + up_to(skill, rule.skill_cap)
}

fn up_to(credits: u32, cap: u16) -> u16 {
    u16::try_from(credits).unwrap_or(u16::MAX).min(cap)
}

/// What a certificate is worth: a vocational qualification fills the part of skill at once, others count by their
/// level. Certificates are not added up (DOMAIN §8).
const fn skill_credits(skill: DiplomaSkill, rule: &GraduationRule) -> u16 {
    match (skill.kind, skill.level) {
        (CertificateKind::VocationalQualification, _) => rule.skill_cap,
        (_, None | Some(SkillLevel::Junior)) => 10,
        (_, Some(SkillLevel::Intermediate)) => 20,
        (_, Some(SkillLevel::Senior | SkillLevel::Technician | SkillLevel::SeniorTechnician)) => 30,
    }
}

#[cfg(test)]
mod tests;
