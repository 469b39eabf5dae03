//! Tests of the rules of corrections.

use super::*;
use crate::person::DocumentType;
use CorrectionState::{Accepted, Open, Refused, Withdrawn};
use CorrectionStep::{Accept, Refuse, Withdraw};
use jiff::civil::date;

const LEARNER: AccountId = AccountId(uuid::Uuid::from_u128(1));
const OFFICE: AccountId = AccountId(uuid::Uuid::from_u128(2));
const TODAY: Date = date(2026, 11, 25);

#[test]
fn the_place_answers_and_the_person_takes_back() {
    assert_eq!(next_correction_state(Open, Accept, LEARNER, OFFICE), Ok(Accepted));
    assert_eq!(next_correction_state(Open, Refuse, LEARNER, OFFICE), Ok(Refused));
    assert_eq!(next_correction_state(Open, Withdraw, LEARNER, LEARNER), Ok(Withdrawn));
}

#[test]
fn an_answer_is_given_once() {
    for state in [Accepted, Refused, Withdrawn] {
        for step in [Accept, Refuse, Withdraw] {
            let closed = Err(CorrectionRefusal::Closed { state });
            assert_eq!(next_correction_state(state, step, LEARNER, OFFICE), closed);
        }
    }
}

#[test]
fn nobody_answers_a_request_of_their_own() {
    for step in [Accept, Refuse] {
        let refused = Err(CorrectionRefusal::SecondPersonNeeded);
        assert_eq!(next_correction_state(Open, step, OFFICE, OFFICE), refused);
    }
}

#[track_caller]
fn wrong(stated: StatedCorrection, reason: &str) -> Vec<(String, String)> {
    let errors = AskCorrection { stated, reason: reason.to_owned() }.check(TODAY).err().unwrap();
    errors.into_iter().map(|error| (error.pointer, error.code)).collect()
}

fn name(name: &str) -> StatedCorrection {
    StatedCorrection::Name { name: name.to_owned() }
}

fn error(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[test]
fn what_is_stated_is_checked_as_when_a_person_is_added() {
    assert_eq!(wrong(name(" "), "1"), [error("/stated/name", "required"), error("/reason", "required")]);
    assert_eq!(wrong(name("张\u{7}"), ""), [error("/stated/name", "name-malformed")]);
    assert_eq!(wrong(name("张三"), "330199198503140022"), [error("/reason", "holds-number")]);
    let phone = |phone: &str| StatedCorrection::Phone { phone: phone.to_owned() };
    assert_eq!(wrong(phone("12345"), ""), [error("/stated/phone", "phone-malformed")]);
    assert_eq!(wrong(phone(" "), ""), [error("/stated/phone", "required")]);
    let number = "330199198503140023".to_owned();
    let document = StatedDocument { kind: DocumentType::ResidentIdentityCard, number };
    let stated = StatedCorrection::Document { document };
    assert_eq!(wrong(stated, ""), [error("/stated/document/number", "document-wrong-check")]);
    let tomorrow = StatedCorrection::BirthDate { birth_date: date(2026, 11, 26) };
    assert_eq!(wrong(tomorrow, ""), [error("/stated/birth_date", "out-of-range")]);
    let province = StatedCorrection::Household { household_division: "330000".to_owned() };
    assert_eq!(wrong(province, ""), [error("/stated/household_division", "division-malformed")]);
}

#[test]
fn the_tag_of_what_is_stated_is_its_field() {
    let stated = [
        name("张三"),
        StatedCorrection::Phone { phone: String::new() },
        StatedCorrection::Sex { sex: Sex::Female },
        StatedCorrection::BirthDate { birth_date: TODAY },
        StatedCorrection::Household { household_division: "341822".to_owned() },
        StatedCorrection::Education { education_level: EducationLevel::PRIMARY_GRADUATE },
    ];
    for stated in stated {
        let json = serde_json::to_value(&stated).unwrap();
        assert_eq!(json["field"], stated.field().as_str());
        assert!(serde_json::from_value::<StatedCorrection>(json).unwrap() == stated);
    }
}

#[test]
fn what_is_right_is_taken_in_the_form_in_which_it_is_kept() {
    let ask = AskCorrection { stated: name(" 张  秀英 "), reason: "  ".to_owned() };
    let (checked, reason) = ask.check(TODAY).ok().unwrap();
    assert!(checked == CheckedCorrection::Name("张 秀英".to_owned()) && reason.is_none());
}

#[test]
fn an_office_that_puts_something_right_says_why() {
    let put = |reason: &str| PutRight { stated: name(" "), reason: reason.to_owned() }.check(TODAY);
    let wrong: Vec<_> = put("").err().unwrap().into_iter().map(|error| (error.pointer, error.code)).collect();
    assert_eq!(wrong, [error("/stated/name", "required"), error("/reason", "required")]);
    let put = PutRight { stated: name("张三"), reason: " 身份证上是这个字 ".to_owned() };
    let (checked, reason) = put.check(TODAY).ok().unwrap();
    assert!(checked == CheckedCorrection::Name("张三".to_owned()) && reason == "身份证上是这个字");
    assert!(crate::problem::has_texts("field.not-enrolled"));
}

#[test]
fn every_refusal_has_its_texts() {
    for refusal in [CorrectionRefusal::AlreadyOpen, CorrectionRefusal::Closed { state: Refused }] {
        for part in ["title", "detail"] {
            assert!(crate::problem::has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
        }
    }
}
