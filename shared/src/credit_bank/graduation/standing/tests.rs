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
        include_str!("../../../../locales/zh-CN/graduation.json"),
        include_str!("../../../../locales/en/graduation.json"),
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
