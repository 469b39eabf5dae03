use super::*;
use crate::problem::has_texts;
use jiff::civil::date;
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 23);

fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

fn facts(level: CourseLevel, education: &str) -> EnrolmentFacts {
    EnrolmentFacts {
        residence: code("330106109"),
        level,
        born: date(1985, 3, 14),
        education: EducationLevel::parse(education),
        is_literate: false,
        is_in_full_time_school: false,
        running: None,
        has_our_diploma: false,
    }
}

fn judge(facts: &EnrolmentFacts) -> Result<i16, EnrolmentRefusal> {
    let rules = [EnrolmentRule::zhejiang_2022(CourseLevel::Junior), EnrolmentRule::zhejiang_2022(CourseLevel::Senior)];
    judge_enrolment(facts, &rules, DAY).map(|enrolment| enrolment.age)
}

fn at_age(born: Date) -> Result<i16, EnrolmentRefusal> {
    judge(&EnrolmentFacts { born, ..facts(CourseLevel::Senior, "71") })
}

#[test]
fn the_birthday_itself_counts_at_either_end() {
    assert_eq!(at_age(date(2010, 11, 23)), Ok(16), "today");
    let tomorrow = EnrolmentRefusal::TooYoung { youngest: 16, from: date(2026, 11, 24) };
    assert_eq!(at_age(date(2010, 11, 24)), Err(tomorrow));
    assert_eq!(at_age(date(1965, 11, 24)), Ok(60), "61 tomorrow");
    assert_eq!(at_age(date(1965, 11, 23)), Err(EnrolmentRefusal::TooOld { oldest: 60, age: 61 }));
}

#[test]
fn senior_needs_a_junior_diploma_and_nothing_less() {
    let senior = |education| judge(&facts(CourseLevel::Senior, education));
    let needed = EducationLevel::parse("71").unwrap();
    assert_eq!(senior("71"), Ok(41));
    assert_eq!(senior("63"), Ok(41), "高中肄业 has finished 初中");
    assert_eq!(senior("73"), Err(EnrolmentRefusal::PriorLevelMissing { needed }), "初中肄业 does not count");
    assert_eq!(senior("81"), Err(EnrolmentRefusal::PriorLevelMissing { needed }));
    for diploma in ["44", "61", "31", "21"] {
        assert_eq!(senior(diploma), Err(EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Senior }), "{diploma}");
    }
    for vague in ["70", "60", "40", ""] {
        let education = EducationLevel::parse(vague);
        assert_eq!(senior(vague), Err(EnrolmentRefusal::EducationUnsettled { education }), "{vague}");
    }
}

#[test]
fn junior_needs_primary_school_or_literacy() {
    let junior =
        |education, is_literate| judge(&EnrolmentFacts { is_literate, ..facts(CourseLevel::Junior, education) });
    assert_eq!(junior("81", false), Ok(41));
    assert_eq!(junior("73", false), Ok(41));
    assert_eq!(junior("90", true), Ok(41));
    let needed = EducationLevel::parse("81").unwrap();
    assert_eq!(junior("90", false), Err(EnrolmentRefusal::PriorLevelMissing { needed }));
    assert_eq!(junior("71", true), Err(EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Junior }));
}

#[test]
fn nobody_studies_twice_at_once_or_beside_school() {
    let plain = facts(CourseLevel::Senior, "71");
    let running =
        RunningRecord { provider_name: Some("三墩镇成人文化技术学校".to_owned()), since: date(2026, 3, 1) };
    let twice = EnrolmentFacts { running: Some(running.clone()), ..plain.clone() };
    assert_eq!(judge(&twice), Err(EnrolmentRefusal::AlreadyEnrolled(running)));
    let in_school = EnrolmentFacts { is_in_full_time_school: true, ..plain.clone() };
    assert_eq!(judge(&in_school), Err(EnrolmentRefusal::InFullTimeSchool));
    let ours = EnrolmentFacts { has_our_diploma: true, ..plain.clone() };
    assert_eq!(judge(&ours), Err(EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Senior }));
    let elsewhere = EnrolmentFacts { residence: code("32"), ..plain };
    assert_eq!(judge(&elsewhere), Err(EnrolmentRefusal::NoRule));
}

#[test]
fn every_refusal_says_what_to_do_in_both_languages() {
    let education = EducationLevel::parse("70");
    let refusals = [
        EnrolmentRefusal::NoRule,
        EnrolmentRefusal::TooYoung { youngest: 16, from: DAY },
        EnrolmentRefusal::TooOld { oldest: 60, age: 61 },
        EnrolmentRefusal::InFullTimeSchool,
        EnrolmentRefusal::AlreadyEnrolled(RunningRecord { provider_name: Some(String::new()), since: DAY }),
        EnrolmentRefusal::AlreadyEnrolled(RunningRecord { provider_name: None, since: DAY }),
        EnrolmentRefusal::KeptElsewhere,
        EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Junior },
        EnrolmentRefusal::AlreadyHolds { level: CourseLevel::Senior },
        EnrolmentRefusal::EducationUnsettled { education },
        EnrolmentRefusal::PriorLevelMissing { needed: EducationLevel::parse("71").unwrap() },
        EnrolmentRefusal::PriorLevelMissing { needed: EducationLevel::parse("81").unwrap() },
    ];
    for refusal in refusals {
        assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
}

proptest! {
    #[test]
    fn who_is_too_young_may_on_the_very_day_that_they_are_told(year in 2011..2030_i16, month in 1..13_i8, day in 1..32_i8) {
        let Ok(born) = Date::new(year, month, day) else { return Ok(()) };
        let facts = EnrolmentFacts { born, ..facts(CourseLevel::Senior, "71") };
        let rules = [EnrolmentRule::zhejiang_2022(CourseLevel::Senior)];
        let Err(EnrolmentRefusal::TooYoung { from, .. }) = judge_enrolment(&facts, &rules, DAY) else {
            return Err(TestCaseError::fail("too young"));
        };
        let eve = from.yesterday().unwrap();
        prop_assert_eq!(judge_enrolment(&facts, &rules, from).map(|enrolment| enrolment.age), Ok(16));
        prop_assert!(judge_enrolment(&facts, &rules, eve).is_err());
    }
}
