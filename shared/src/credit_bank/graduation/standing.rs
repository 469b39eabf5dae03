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
mod tests {
    use super::*;
    use crate::{learning::CourseLevel, organisation::DivisionCode, problem::are_named};
    use CourseRole::{ChooseOne, Elective, Required};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn rule(credits: u16) -> GraduationRule {
        GraduationRule {
            region: DivisionCode::ZHEJIANG,
            level: CourseLevel::Senior,
            valid_from: date(2022, 1, 1),
            needs_skill_certificate: true,
            credits,
            culture_cap: 60,
            skill_cap: 40,
        }
    }

    fn course(title: &str, role: CourseRole, grade: Option<Grade>) -> DiplomaCourse {
        let title = title.to_owned();
        DiplomaCourse { title, role, grade, is_in_question: false, class_hours: 0, needed_hours: 0, worth: None }
    }

    const GREEN: DiplomaSkill = DiplomaSkill { kind: CertificateKind::GreenCertificate, level: None };

    /// Somebody who lacks nothing.
    fn done() -> GraduationFacts {
        GraduationFacts {
            state: RecordState::Studying,
            is_identified: true,
            holds_diploma: false,
            courses: vec![
                course("C", Required, Some(Grade::A)),
                course("M", Required, Some(Grade::B)),
                course("S", ChooseOne, Some(Grade::B)),
                course("N", ChooseOne, None),
                course("E", Elective, Some(Grade::B)),
            ],
            skills: vec![GREEN],
            skill_hours: 0,
        }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut GraduationFacts), expected: &[GraduationGap]) {
        let mut facts = done();
        change(&mut facts);
        assert_eq!(graduation_gaps(&facts, Some(&rule(0))), expected);
    }

    #[test]
    fn who_has_everything_lacks_nothing() {
        check(|_| {}, &[]);
        check(|facts| facts.state = RecordState::Eligible, &[]);
    }

    #[test]
    fn each_missing_thing_is_told() {
        let title = || "C".to_owned();
        check(|facts| facts.state = RecordState::Suspended, &[GraduationGap::NotStudying {}]);
        check(|facts| facts.state = RecordState::Graduated, &[GraduationGap::NotStudying {}]);
        check(|facts| facts.holds_diploma = true, &[GraduationGap::HoldsDiploma {}]);
        check(|facts| facts.is_identified = false, &[GraduationGap::NotIdentified {}]);
        check(|facts| facts.courses.clear(), &[GraduationGap::NoCourses {}]);
        check(|facts| facts.courses[0].grade = None, &[GraduationGap::Course { title: title() }]);
        check(|facts| facts.courses[2].grade = None, &[GraduationGap::ChooseOne {}]);
        check(|facts| facts.courses[4].grade = None, &[GraduationGap::Elective {}]);
        check(|facts| facts.courses[0].is_in_question = true, &[GraduationGap::InQuestion { title: title() }]);
        check(|facts| facts.skills.clear(), &[GraduationGap::SkillCertificate {}]);
        let short = GraduationGap::ClassHours { title: title(), done: 3, needed: 10 };
        check(|facts| (facts.courses[0].class_hours, facts.courses[0].needed_hours) = (3, 10), &[short]);
        assert_eq!(graduation_gaps(&done(), None), [GraduationGap::NoRule {}]);
    }

    #[test]
    fn a_course_that_does_not_count_asks_for_no_hours() {
        check(|facts| facts.courses[3].needed_hours = 70, &[]);
    }

    #[test]
    fn credits_are_added_up_to_their_caps() {
        let mut facts = done();
        assert_eq!(graduation_credits(&facts, &rule(80)), 10 + 5 + 5 + 5 + 10);
        assert_eq!(graduation_gaps(&facts, Some(&rule(80))), [GraduationGap::Credits { earned: 35, needed: 80 }]);
        facts.courses[0].class_hours = 109;
        assert_eq!(graduation_credits(&facts, &rule(80)), 45);
        facts.courses[0].class_hours = 9_000;
        facts.skills.push(DiplomaSkill { kind: CertificateKind::VocationalQualification, level: None });
        assert_eq!(graduation_credits(&facts, &rule(80)), 100);
        assert!(graduation_gaps(&facts, Some(&rule(80))).is_empty());
    }

    #[test]
    fn hours_are_worth_what_the_rule_of_the_course_says() {
        let without = graduation_credits(&done(), &rule(80));
        // Class hours, and the credits of a rule for so many of them.
        let worth = |courses: &[(u32, u16, u16)]| {
            let mut facts = done();
            for (course, (class_hours, credits, hours)) in facts.courses.iter_mut().zip(courses) {
                course.class_hours = *class_hours;
                course.worth = Some(HourWorth { credits: *credits, hours: *hours });
            }
            graduation_credits(&facts, &rule(80)) - without
        };
        assert_eq!(worth(&[(20, 7, 20)]), 7);
        assert_eq!(worth(&[(90, 7, 20)]), 7, "there are no more than that");
        assert_eq!((worth(&[(10, 7, 20)]), worth(&[(10, 7, 20), (10, 7, 20)])), (3, 7), "they are added up first");
        assert_eq!(worth(&[(1, 1, 3), (1, 1, 3), (1, 1, 3)]), 1);
        assert_eq!(worth(&[(0, 4, 0)]), 4, "it asks for none, and its test is passed");
        assert_eq!(worth(&[(0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 4, 0)]), 0, "it does not count");
    }

    #[test]
    fn of_several_certificates_the_highest_counts() {
        let mut facts = done();
        facts.courses.clear();
        let of = |level| DiplomaSkill { kind: CertificateKind::SkillLevelCertificate, level: Some(level) };
        facts.skills = vec![of(SkillLevel::Junior), of(SkillLevel::Intermediate), GREEN];
        assert_eq!(graduation_credits(&facts, &rule(80)), 20);
        facts.skill_hours = 55;
        assert_eq!(graduation_credits(&facts, &rule(80)), 25);
    }

    #[test]
    fn every_gap_has_its_sentence() {
        let kinds = ["not_studying", "not_identified", "no_rule", "no_courses", "course", "choose_one", "elective"];
        let further = ["in_question", "class_hours", "skill_certificate", "credits", "holds_diploma"];
        let keys: Vec<_> = kinds.iter().chain(&further).map(|kind| format!("gap_{kind}")).collect();
        let files = [
            include_str!("../../../locales/zh-CN/graduation.json"),
            include_str!("../../../locales/en/graduation.json"),
        ];
        assert!(are_named(files, &keys));
    }

    fn courses() -> impl Strategy<Value = Vec<DiplomaCourse>> {
        let role = prop_oneof![Just(Required), Just(ChooseOne), Just(Elective)];
        let grade = prop_oneof![Just(None), Just(Some(Grade::A)), Just(Some(Grade::B))];
        let worth = prop::option::of((0..20_u16, 0..80_u16));
        let worth = worth.prop_map(|worth| worth.map(|(credits, hours)| HourWorth { credits, hours }));
        let course = (role, grade, any::<bool>(), 0..90_u32, 0..80_u16, worth).prop_map(
            |(role, grade, is_in_question, class_hours, needed_hours, worth)| DiplomaCourse {
                title: "C".to_owned(),
                role,
                grade,
                is_in_question,
                class_hours,
                needed_hours,
                worth,
            },
        );
        prop::collection::vec(course, 0..8)
    }

    proptest! {
        #[test]
        fn who_lacks_no_course_has_as_many_as_are_needed(courses in courses()) {
            let counted: Vec<_> = courses.iter().map(|course| (course.role, course.grade.is_some())).collect();
            let (has, needs) = super::super::courses_counted(&counted);
            let facts = GraduationFacts { courses, ..done() };
            let lacks = graduation_gaps(&facts, Some(&rule(0))).iter().any(|gap| matches!(
                gap,
                GraduationGap::NoCourses {} | GraduationGap::Course { .. } | GraduationGap::ChooseOne {} | GraduationGap::Elective {}
            ));
            prop_assert_eq!(lacks, has < needs || needs == 0);
        }

        #[test]
        fn another_skill_or_hour_takes_nothing_away(courses in courses(), hours in 0..400_u32, more in 0..400_u32) {
            let before = GraduationFacts { courses, skill_hours: hours, ..done() };
            let mut after = before.clone();
            after.skill_hours += more;
            after.skills.push(DiplomaSkill { kind: CertificateKind::SkillLevelCertificate, level: Some(SkillLevel::Senior) });
            prop_assert!(graduation_credits(&after, &rule(80)) >= graduation_credits(&before, &rule(80)));
            let gaps = |facts: &GraduationFacts| graduation_gaps(facts, Some(&rule(80))).len();
            prop_assert!(gaps(&after) <= gaps(&before));
        }

        #[test]
        fn no_more_credits_count_than_both_caps(courses in courses(), hours in any::<u16>()) {
            let facts = GraduationFacts { courses, skill_hours: u32::from(hours), ..done() };
            prop_assert!(graduation_credits(&facts, &rule(80)) <= 100);
        }
    }
}
