use super::*;
use crate::person::IdentityNumberRefusal;
use jiff::civil::date;
use proptest::prelude::*;
use std::{fs, path::Path};

fn parse(kind: DocumentType, text: &str) -> Result<IdentityDocument, DocumentRefusal> {
    IdentityDocument::parse(kind, text, date(2026, 11, 23))
}

fn resident(text: &str) -> Result<IdentityDocument, DocumentRefusal> {
    parse(DocumentType::ResidentIdentityCard, text)
}

#[test]
fn each_kind_has_its_form() {
    use DocumentType as Kind;
    for (kind, text) in [
        (Kind::ResidentIdentityCard, "330199198503140022"),
        (Kind::ResidentIdentityCard, "３３０１９９ 19850314 002２"),
        (Kind::ResidentIdentityCard, "'330199198503140022"),
        (Kind::ResidentIdentityCard, "\u{202D}330199198503140022\u{202C}"),
        (Kind::ResidencePermit, "81000018900101001x"),
        (Kind::ResidencePermit, "830000188506070025"),
        (Kind::PermanentResidenceCard, "933999198802290010"),
        (Kind::PermanentResidenceCard, "usa330119880229"),
        (Kind::Passport, "E12345678"),
        (Kind::HongKongDocument, "H1234567801"),
        (Kind::HongKongDocument, "A123456(7)"),
        (Kind::MacaoDocument, "M12345678"),
        (Kind::TaiwanTravelPermit, "12345678"),
        (Kind::SoldierCard, "士字第12345号"),
        (Kind::Other, "无编号-7"),
    ] {
        assert!(parse(kind, text).is_ok(), "{kind} {text}");
    }
    for (kind, text) in [
        (Kind::PermanentResidenceCard, "US3330119880229"),
        (Kind::Passport, "E123"),
        (Kind::Passport, "E1234-678"),
        (Kind::TaiwanTravelPermit, "1234567"),
        (Kind::HongKongDocument, "香港12345"),
        (Kind::Other, "一个长得不像号码的句子，比三十个字还要长，所以它肯定不是证件号码吧"),
    ] {
        assert!(parse(kind, text).is_err(), "{kind} {text}");
    }
}

#[test]
fn a_retired_or_unknown_address_code_is_no_fault() {
    // 330121 and 339005 are old codes of 萧山, 330199 was never assigned.
    for body in ["33012119750102001", "33900519750102001", "33019919750102001"] {
        let right = "0123456789X".chars().filter(|check| resident(&format!("{body}{check}")).is_ok());
        assert_eq!(right.count(), 1, "{body}");
    }
}

#[test]
fn the_number_of_another_document_is_named() {
    let other = |likely| Err(DocumentRefusal::OtherKind { likely });
    assert_eq!(resident("830000188506070025"), other(DocumentType::ResidencePermit));
    assert_eq!(resident("933999198802290010"), other(DocumentType::PermanentResidenceCard));
    let likely = DocumentType::ResidentIdentityCard;
    assert_eq!(parse(DocumentType::ResidencePermit, "330199198503140022"), other(likely));
}

#[test]
fn what_a_spreadsheet_destroyed_is_known_from_a_typing_error() {
    for text in ["3.30199E+17", "3.3019919850314e17", "330199198503140000", "330199198503140030.0"] {
        assert_eq!(resident(text), Err(DocumentRefusal::DestroyedBySpreadsheet), "{text}");
    }
    assert_eq!(resident("330199198503140023"), Err(IdentityNumberRefusal::WrongCheck.into()));
    assert!(parse(DocumentType::Passport, "E12345678").is_ok(), "an E of a passport is no exponent");
    assert_eq!(resident("  "), Err(DocumentRefusal::Missing));
}

#[test]
fn three_zeros_at_the_end_by_right_are_kept() {
    let (mut body, mut found) = (String::new(), 0);
    for day in 1..=28 {
        body.clear();
        body.push_str(&format!("330199198503{day:02}1000"));
        found += usize::from(resident(&body).is_ok());
    }
    assert!(found > 0, "one in eleven has the check digit 0");
}

#[test]
fn what_is_stated_must_agree_with_the_number() {
    let card = resident("330199198503140022").unwrap();
    let born = date(1985, 3, 14);
    assert_eq!((card.birth_date(), card.sex()), (Some(born), Some(Sex::Female)));
    assert_eq!(card.agrees_with(Some(born), Some(Sex::Female)), Ok(()));
    assert_eq!(card.agrees_with(None, None), Ok(()));
    let other = card.agrees_with(Some(date(1985, 3, 15)), None);
    assert_eq!(other, Err(DocumentRefusal::OtherBirthDate { derived: born }));
    assert_eq!(card.agrees_with(None, Some(Sex::Male)), Err(DocumentRefusal::OtherSex { derived: Sex::Female }));
    let passport = parse(DocumentType::Passport, "E12345678").unwrap();
    assert_eq!(passport.agrees_with(Some(born), Some(Sex::Male)), Ok(()));
}

#[test]
fn the_kind_is_part_of_the_key() {
    assert_eq!(resident("11010519491231002x").unwrap().canonical(), "1:11010519491231002X");
    assert_eq!(parse(DocumentType::Passport, " e1234 5678").unwrap().canonical(), "A:E12345678");
}

#[test]
fn nothing_prints_a_whole_number() {
    let card = resident("330199198503140022").unwrap();
    assert_eq!(card.masked(), "3301**********0022");
    assert_eq!(format!("{card:?}"), "resident_identity_card 3301**********0022");
    assert_eq!(mask_number("E12345678"), "E1*****78");
    assert_eq!((mask_number("abc"), mask_number("")), ("***".to_owned(), String::new()));
}

proptest! {
    #[test]
    fn reading_never_panics_and_a_mask_hides_half(text in any::<String>()) {
        for kind in DocumentType::ALL {
            let _ = parse(*kind, &text);
        }
        let hidden = mask_number(&text).chars().zip(text.chars()).filter(|(masked, _)| *masked == '*').count();
        prop_assert!(hidden * 2 >= text.chars().count());
    }

    #[test]
    fn a_document_read_again_is_the_same(number in "[A-Za-z0-9]{5,17}", kind in 0..DocumentType::ALL.len()) {
        let kind = DocumentType::ALL[kind];
        if let Ok(document) = parse(kind, &number) {
            prop_assert_eq!(parse(kind, document.reveal()), Ok(document.clone()));
            let printed = format!("{document:?}");
            prop_assert!(!printed.contains(document.reveal()));
        }
    }
}

/// Every code of a county, present or retired, is one with which an identity number may begin.
#[test]
fn no_address_code_since_1981_is_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/cn-region-codes-history.csv");
    let text = fs::read_to_string(path).expect("shared/data beside the project");
    let mut codes = 0;
    for line in text.lines().skip(1) {
        let code = line.split(',').next().unwrap();
        if ["810000", "820000", "830000"].contains(&code) {
            continue; // residence permits
        }
        let right = "0123456789X".chars().filter(|check| resident(&format!("{code}19750102001{check}")).is_ok());
        assert_eq!(right.count(), 1, "{line}");
        codes += 1;
    }
    assert!(codes > 6_000);
}

#[test]
fn numbers_in_a_text_are_masked_and_years_and_houses_are_not() {
    for (text, masked) in [
        ("2001年毕业，住12幢3室", "2001年毕业，住12幢3室"),
        ("身份证33019919850314002X，电话19900009137。", "身份证3301**********002X，电话19*******37。"),
        ("330199198503140022", "3301**********0022"),
        ("３３０１９９１９８５", "３３******８５"),
        ("", ""),
    ] {
        assert_eq!(mask_numbers(text), masked);
    }
}

#[test]
fn a_ticket_shows_the_start_alone() {
    assert_eq!(mask_to_start("ABCDEFGHIJKLMNOPQR"), "ABCD**************");
    assert_eq!(mask_to_start(&mask_number("ABCDEFGHIJKLMNOPQR")), "ABCD**************", "what is masked may come in");
    assert_eq!(mask_to_start("ABC"), "***");
}
