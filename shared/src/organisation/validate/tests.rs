use super::*;
use crate::{
    ids::ProviderId,
    organisation::{OpenState, ProviderKind},
};
use uuid::Uuid;

fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

fn named(errors: &[FieldError]) -> Vec<(&str, &str)> {
    errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect()
}

fn person(name: &str, is_in_charge: bool) -> PointStaff {
    PointStaff { name: name.to_owned(), is_in_charge }
}

fn service_point(staff: Vec<PointStaff>) -> ServicePointEntry {
    ServicePointEntry {
        provider_id: ProviderId(Uuid::nil()),
        name: "织里受理点".to_owned(),
        division: code("330502100"),
        address: "织里镇 1 号".to_owned(),
        phone: "0572-2345678".to_owned(),
        opening_hours: "周一至周五 8:30-17:00".to_owned(),
        staff,
        state: OpenState::Open,
    }
}

fn exam_site() -> ExamSiteEntry {
    ExamSiteEntry {
        name: "考点".to_owned(),
        division: code("330502"),
        address: "1 号".to_owned(),
        capacity: 300,
        is_accessible: true,
        contact_name: "张三".to_owned(),
        contact_phone: "13800138000".to_owned(),
        state: OpenState::Open,
    }
}

#[test]
fn a_service_point_has_two_persons_of_whom_one_is_in_charge() {
    let check = |staff: Vec<PointStaff>, expected: &[(&str, &str)]| {
        assert_eq!(named(&validate_service_point(&service_point(staff), code("330502"))), expected);
    };
    check(vec![person("甲", true), person("乙", false)], &[]);
    check(vec![person("甲", true)], &[("/staff", "staff-count")]);
    check(vec![], &[("/staff", "staff-count")]);
    check(vec![person(" ", true); 21], &[("/staff", "staff-count")]);
    check(vec![person(" ", true)], &[("/staff", "staff-count")]);
    check(vec![person("甲", false), person("乙", false)], &[("/staff", "one-in-charge")]);
    check(vec![person("甲", true), person("乙", true)], &[("/staff", "one-in-charge")]);
    check(vec![person("甲", true), person(" ", false)], &[("/staff/1/name", "required")]);
    check(vec![person("甲", true), person(" 甲", false)], &[("/staff/1/name", "duplicate")]);
}

#[test]
fn a_point_lies_in_the_county_of_its_provider() {
    let staff = vec![person("甲", true), person("乙", false)];
    let check = |division: &str, home: &str, expected: &[(&str, &str)]| {
        let entry = ServicePointEntry { division: code(division), ..service_point(staff.clone()) };
        assert_eq!(named(&validate_service_point(&entry, code(home))), expected, "{division} of {home}");
    };
    check("330502104", "330502100", &[]);
    check("330502", "330502100", &[]);
    check("330503", "330502100", &[("/division", "other-county")]);
    check("3305", "330502100", &[("/division", "division-level")]);
}

#[test]
fn each_field_of_a_site_is_judged() {
    assert_eq!(validate_exam_site(&exam_site()), []);
    let wrong = ExamSiteEntry {
        name: " ".to_owned(),
        division: code("33"),
        address: "号".repeat(MAX_ADDRESS_CHARS + 1),
        capacity: 0,
        contact_name: String::new(),
        contact_phone: "call me".to_owned(),
        ..exam_site()
    };
    let expected = [
        ("/name", "required"),
        ("/division", "division-level"),
        ("/address", "too-long"),
        ("/capacity", "out-of-range"),
        ("/contact_name", "required"),
        ("/contact_phone", "office-phone"),
    ];
    assert_eq!(named(&validate_exam_site(&wrong)), expected);
}

#[test]
fn the_telephone_of_an_office_has_many_forms() {
    let check = |phone: &str, is_right: bool| {
        let entry = ExamSiteEntry { contact_phone: phone.to_owned(), ..exam_site() };
        assert_eq!(validate_exam_site(&entry).is_empty(), is_right, "{phone}");
    };
    for phone in ["0572-2345678", "(0572) 2345678-801", "+86 572 2345678", "13800138000", "12345"] {
        check(phone, true);
    }
    for phone in ["1234", "-----", "0572-234567x", "1234567890123456789012345678901"] {
        check(phone, false);
    }
}

#[test]
fn a_doubtful_credit_code_needs_a_reason() {
    let check = |credit_code: Option<&str>, reason: Option<&str>, expected: &[(&str, &str)]| {
        let entry = ProviderEntry {
            kind: ProviderKind::AdultSchool,
            name: "学校".to_owned(),
            division: code("330502100"),
            credit_code: credit_code.map(str::to_owned),
            credit_code_reason: reason.map(str::to_owned),
            state: OpenState::Open,
            told_classes: Vec::new(),
        };
        assert_eq!(named(&validate_provider(&entry)), expected, "{credit_code:?}");
    };
    check(None, None, &[]);
    check(Some("12330199YT0000011A"), None, &[]);
    check(Some("12330199YT0000011B"), None, &[("/credit_code", "credit-code-wrong-check")]);
    check(Some("12330199YT0000011B"), Some("登记证上就是这个代码"), &[]);
    check(Some("12330199"), Some("理由"), &[("/credit_code", "credit-code-malformed")]);
}

#[test]
fn every_wrong_field_has_its_text() {
    for code in ["division-level", "other-county", "office-phone", "staff-count", "one-in-charge"] {
        assert!(crate::problem::has_texts(&format!("field.{code}")), "{code}");
    }
}

#[test]
fn a_room_holds_no_more_than_it_has_seats() {
    let room = ExamRoomEntry {
        number: 1,
        name: "A101".to_owned(),
        rows: 5,
        columns: 6,
        capacity: 30,
        devices: None,
        accessible_seats: vec![1, 30],
        has_extra_time: false,
        state: OpenState::Open,
    };
    let check = |wrong: ExamRoomEntry, expected: &[(&str, &str)]| {
        assert_eq!(named(&validate_exam_room(&wrong)), expected);
    };
    let out = |pointer| (pointer, "out-of-range");
    check(room.clone(), &[]);
    check(ExamRoomEntry { number: 0, ..room.clone() }, &[out("/number")]);
    check(ExamRoomEntry { number: 1_000, ..room.clone() }, &[out("/number")]);
    check(ExamRoomEntry { name: " ".to_owned(), ..room.clone() }, &[("/name", "required")]);
    check(ExamRoomEntry { rows: 10, columns: 10, ..room.clone() }, &[out("/columns")]);
    check(ExamRoomEntry { rows: 200, columns: 200, ..room.clone() }, &[out("/rows"), out("/columns")]);
    check(ExamRoomEntry { rows: 100, columns: 1, ..room.clone() }, &[out("/rows")]);
    check(ExamRoomEntry { rows: 1, columns: 100, ..room.clone() }, &[out("/columns")]);
    check(ExamRoomEntry { capacity: 31, ..room.clone() }, &[out("/capacity")]);
    check(ExamRoomEntry { capacity: 0, ..room.clone() }, &[out("/capacity")]);
    for devices in [0, 28, 99] {
        check(ExamRoomEntry { devices: Some(devices), ..room.clone() }, &[]);
    }
    check(ExamRoomEntry { devices: Some(100), ..room.clone() }, &[out("/devices")]);
    check(ExamRoomEntry { accessible_seats: vec![0], ..room.clone() }, &[out("/accessible_seats")]);
    check(ExamRoomEntry { accessible_seats: vec![31], ..room.clone() }, &[out("/accessible_seats")]);
    check(ExamRoomEntry { accessible_seats: vec![2, 2], ..room }, &[("/accessible_seats", "duplicate")]);
}
