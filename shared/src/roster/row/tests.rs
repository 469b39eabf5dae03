use super::*;
use crate::{
    organisation::{Division, Gazetteer},
    person::{DocumentType, EducationLevel, Sex},
    problem::has_texts,
    roster::{GroupTag, UpgradeIntent, propose_columns},
};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let rows = [
        ("33", "浙江省"),
        ("3301", "杭州市"),
        ("330102", "上城区"),
        ("330102001", "清波街道"),
        ("330102003", "湖滨街道"),
        ("330106", "西湖区"),
        ("330106109", "三墩镇"),
    ];
    let division = |(code, name): (&str, &str)| Division {
        code: code.to_owned(),
        name: name.to_owned(),
        level: DivisionCode::parse(code).unwrap().level(),
        parent: None,
    };
    Gazetteer::new(&rows.map(division))
});

fn context(home: &str) -> ImportContext<'static> {
    let home = DivisionCode::parse(home).unwrap();
    let default_residence = Some(home).filter(|home| GAZETTEER.is_innermost(*home));
    ImportContext { today: date(2026, 11, 23), home, default_residence, gazetteer: &GAZETTEER }
}

/// Reads a row under the headers of the first texts, from a school of 清波街道.
fn read(fields: &[(&str, &str)]) -> Result<RosterRow, Vec<RowRefusal>> {
    read_at("330102001", fields)
}

fn read_at(home: &str, fields: &[(&str, &str)]) -> Result<RosterRow, Vec<RowRefusal>> {
    let headers: Vec<&str> = fields.iter().map(|(header, _)| *header).collect();
    let proposal = propose_columns(&headers, false);
    assert_eq!((proposal.not_understood, proposal.ambiguous), (vec![], vec![]));
    let cells: Vec<Cell<'_>> = fields.iter().map(|(_, text)| Cell::text(text)).collect();
    read_row(&cells, &proposal.mapping, &context(home))
}

/// The faults of a row with name and document in order.
fn faults(more: &[(&str, &str)]) -> Vec<(RosterField, RowFault)> {
    let fields = [&[("姓名", "张秀英"), ("身份证号", "330199198503140022")], more].concat();
    read(&fields).map_or_else(|faults| faults.iter().map(|fault| (fault.field, fault.fault)).collect(), |_| vec![])
}

#[test]
fn a_good_row_is_read_whole() {
    let row = read(&[
        ("姓名", " 阿依•古丽 "),
        ("身份证号码", "３３０１９９198503140022"),
        ("性别", "女"),
        ("出生年月", "1985.03"),
        ("民族", "维吾尔族"),
        ("联系电话", "138 0013-8000"),
        ("户籍地", "上城区湖滨街道东坡路1号"),
        ("所在村", "清河坊社区"),
        ("文化程度", "初中毕业"),
        ("毕业年份", "2001年6月"),
        ("人员类别", "妇女、农民工，妇女"),
        ("意愿", "高中"),
        ("排摸日期", "2026/11/1"),
        ("统一社会信用代码", "91350100M000100Y44"),
    ])
    .unwrap();
    assert_eq!((row.name.as_str(), row.sex, row.birth_date), ("阿依·古丽", Some(Sex::Female), Some(date(1985, 3, 14))));
    assert_eq!(row.document.kind(), DocumentType::ResidentIdentityCard);
    assert_eq!(row.residence_division.as_str(), "330102001", "the school's own township");
    let details = row.details;
    assert_eq!(details.phone.as_deref(), Some("13800138000"));
    assert_eq!(details.household.division.map(|code| code.to_string()).as_deref(), Some("330102003"));
    assert_eq!(details.education_level.map(EducationLevel::code), Some("71"));
    assert_eq!(details.graduation_year, Some(2001));
    assert_eq!(details.group_tags, [GroupTag::MigrantWorker, GroupTag::Woman]);
    assert_eq!(details.upgrade_intent, Some(UpgradeIntent::Senior));
    assert!(details.employer_code.unwrap().warning().is_some(), "a wrong check is a warning, not a fault");
    assert_eq!(details.village, "清河坊社区");
}

#[test]
fn all_faults_of_a_row_are_told_at_once() {
    let refusals = read(&[
        ("姓名", ""),
        ("身份证号", "330199198503140023"),
        ("手机", "1380013800"),
        ("文化程度", "博学"),
        ("排摸日期", "2027-01-01"),
    ]);
    let refusals = refusals.unwrap_err();
    let told: Vec<_> = refusals.iter().map(|refusal| (refusal.field, refusal.fault, refusal.value.as_str())).collect();
    let expected = [
        (RosterField::Name, RowFault::Required, ""),
        (RosterField::DocumentNumber, RowFault::DocumentWrongCheck, "3301**********0023"),
        (RosterField::Phone, RowFault::PhoneMalformed, "13******00"),
        (RosterField::EducationLevel, RowFault::UnknownValue, "博学"),
        (RosterField::SurveyDate, RowFault::DateInFuture, "2027-01-01"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_number_under_the_wrong_header_is_masked() {
    let shifted = |text: &str| {
        let fields = [("姓名", "张秀英"), ("身份证号", "330199198503140022"), ("文化程度", text)];
        let faults = read(&fields).unwrap_err();
        assert_eq!(faults[0].field, RosterField::EducationLevel);
        faults[0].value.clone()
    };
    assert_eq!(shifted("330199198503140022"), "3301**********0022");
    assert_eq!(shifted("号码33019919850314002X止"), "号码3301**********002X止");
    assert_eq!(shifted("３３０１９９198503140022"), "３３０１**********0022");
    assert_eq!(shifted("138 0013-8000"), "138*******000");
    assert_eq!(shifted("12345678"), "12****78");
    assert_eq!(shifted("2027-01-01"), "2027-01-01", "a date is no number");
    let long = format!("{}330199198503140022", "博".repeat(90));
    assert_eq!(shifted(&long), format!("{}3301******", "博".repeat(90)));
}

#[test]
fn what_is_stated_beside_the_number_must_agree_with_it() {
    assert_eq!(faults(&[("性别", "男")]), [(RosterField::Sex, RowFault::SexDiffers)]);
    assert_eq!(faults(&[("出生日期", "1985-03-15")]), [(RosterField::BirthDate, RowFault::BirthDateDiffers)]);
    assert_eq!(faults(&[("出生日期", "2030-01-01")]), [(RosterField::BirthDate, RowFault::DateInFuture)]);
    assert_eq!(faults(&[("出生日期", "1985-03-14"), ("性别", "女")]), []);
}

#[test]
fn residences_lie_at_the_importers_place() {
    let at = |home, text| {
        let fields = [("姓名", "张秀英"), ("身份证号", "330199198503140022"), ("常住地", text)];
        read_at(home, &fields).map(|row| row.residence_division.to_string()).map_err(|faults| faults[0].fault)
    };
    assert_eq!(at("330102", "湖滨街道").as_deref(), Ok("330102003"));
    assert_eq!(at("330102", "330102003").as_deref(), Ok("330102003"));
    assert_eq!(at("330102", "三墩镇"), Err(RowFault::DivisionOutside));
    assert_eq!(at("330102001", "湖滨街道"), Err(RowFault::DivisionOutside));
    assert_eq!(at("330102", "上城区"), Err(RowFault::DivisionTooWide));
    assert_eq!(at("330102", "某镇"), Err(RowFault::DivisionUnknown));
    assert_eq!(at("330102", ""), Err(RowFault::Required));
    assert_eq!(at("330102001", "").as_deref(), Ok("330102001"));
    assert_eq!(at("330102001", "杭州市上城区").as_deref(), Ok("330102001"), "the county around the school");
    assert_eq!(at("330102001", "西湖区"), Err(RowFault::DivisionOutside));
}

#[test]
fn a_household_may_be_registered_anywhere() {
    let household = |division, address| {
        let fields =
            [("姓名", "张秀英"), ("身份证号", "330199198503140022"), ("户籍地", division), ("户籍地址", address)];
        let household = read(&fields).unwrap().details.household;
        (household.division.map(|code| code.to_string()), household.address)
    };
    let known = |code: &str, address: &str| (Some(code.to_owned()), address.to_owned());
    assert_eq!(household("三墩镇", "某村1号"), known("330106109", "某村1号"));
    assert_eq!(household("西湖区三墩镇某村", "1号"), known("330106109", "某村1号"));
    assert_eq!(household("522601", "某村1号"), known("522601", "某村1号"), "another province's county");
    assert_eq!(household("贵州省凯里市", "某村1号"), (None, "贵州省凯里市某村1号".to_owned()));
}

#[test]
fn the_kind_of_document_is_stated_or_told_by_the_number() {
    let kind = |fields: &[(&str, &str)]| read(fields).map(|row| (row.document.kind(), row.birth_date));
    let permit = kind(&[("姓名", "陈先生"), ("证件号码", "81000018900101001X")]).unwrap();
    assert_eq!(permit, (DocumentType::ResidencePermit, Some(date(1890, 1, 1))));
    let passport = [("姓名", "John Smith"), ("证件类型", "护照"), ("证件号码", "E12345678"), ("出生日期", "1990-5-6")];
    assert_eq!(kind(&passport).unwrap(), (DocumentType::Passport, Some(date(1990, 5, 6))));
    let wrong = kind(&[("姓名", "陈先生"), ("证件类型", "身份证"), ("证件号码", "81000018900101001X")]).unwrap_err();
    assert_eq!(wrong[0].fault, RowFault::DocumentOtherKind);
}

#[test]
fn a_number_that_the_spreadsheet_holds_as_a_quantity_is_destroyed_even_if_it_looks_whole() {
    let mapping = propose_columns(&["姓名", "身份证号", "手机"], false).mapping;
    let number = |text| Cell { text, is_number: true };
    let cells = [Cell::text("张秀英"), number("330199198503140022"), number("13800138000.0")];
    let faults = read_row(&cells, &mapping, &context("330102001")).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.fault).collect::<Vec<_>>(), [RowFault::DocumentDestroyed]);
    assert_eq!(faults[0].value, "3301**********0022");
}

#[test]
fn what_copying_and_spreadsheets_leave_behind_does_no_harm() {
    let row = read(&[
        ("\u{FEFF}姓名", "张秀英\u{200B}"),
        ("身份证号", "'330199198503140022"),
        ("手机", "\u{202D}+86 138 0013 8000\u{202C}"),
        ("文化程度", "\u{200B}"),
    ])
    .unwrap();
    assert_eq!((row.name.as_str(), row.document.reveal()), ("张秀英", "330199198503140022"));
    assert_eq!((row.details.phone.as_deref(), row.details.education_level), (Some("13800138000"), None));
}

#[test]
fn a_birth_month_is_enough_beside_a_number_and_not_enough_without() {
    let mapping = propose_columns(&["姓名", "证件类型", "证件号码", "出生年月"], false).mapping;
    let born = |kind, number, text| {
        let month = Cell { text, is_number: true };
        let cells = [Cell::text("张秀英"), Cell::text(kind), Cell::text(number), month];
        read_row(&cells, &mapping, &context("330102001")).map(|row| row.birth_date).map_err(|faults| faults[0].fault)
    };
    assert_eq!(born("身份证", "330199198503140022", "1985.03"), Ok(Some(date(1985, 3, 14))));
    assert_eq!(born("身份证", "330199198503140022", "1985.04"), Err(RowFault::BirthDateDiffers));
    assert_eq!(born("护照", "E12345678", "1985.03"), Err(RowFault::DateMalformed));
    assert_eq!(born("护照", "E12345678", "31120"), Ok(Some(date(1985, 3, 14))));
    assert_eq!(born("护照", "E12345678", "2012-11-24"), Err(RowFault::UnderAge));
    assert_eq!(born("护照", "E12345678", "2012-11-23"), Ok(Some(date(2012, 11, 23))));
    assert_eq!(born("身份证", "330199201504122015", ""), Err(RowFault::UnderAge));
}

#[test]
fn a_short_row_lacks_its_last_cells() {
    let mapping = propose_columns(&["姓名", "手机", "身份证号"], false).mapping;
    let faults = read_row(&[Cell::text("张秀英")], &mapping, &context("330102001")).unwrap_err();
    assert_eq!(faults, [RowRefusal::new(RosterField::DocumentNumber, RowFault::Required, "")]);
    assert!(is_blank(&[Cell::text(" "), Cell::default()]) && !is_blank(&[Cell::text("0")]));
}

#[test]
fn every_fault_has_its_text() {
    for fault in RowFault::ALL {
        assert!(has_texts(&format!("field.{fault}")), "{fault}");
    }
}

proptest! {
    #[test]
    fn any_row_is_read_or_refused_and_no_refusal_shows_a_number(
        texts in prop::collection::vec("[0-9X]{15,18}|[男女初中高级张、/.0-9E+年月 -]{0,12}|\\PC{0,20}", RosterField::ALL.len()),
        numbers in prop::collection::vec(any::<bool>(), RosterField::ALL.len()),
    ) {
        let mapping = ColumnMapping(RosterField::ALL.iter().copied().zip(0..).collect());
        let cells: Vec<_> = texts.iter().zip(&numbers).map(|(text, is_number)| Cell { text, is_number: *is_number }).collect();
        if let Err(faults) = read_row(&cells, &mapping, &context("330102")) {
            prop_assert!(!faults.is_empty());
            let document = &texts[2];
            prop_assert!(faults.iter().all(|fault| fault.field != RosterField::DocumentNumber
                || document.trim().chars().count() < 2 || fault.value != document.trim()));
        }
    }
}

#[test]
fn what_cannot_be_read_is_not_kept() {
    assert_eq!(faults(&[("工作单位", "织里\u{fffd}童装厂")]), [(RosterField::Employer, RowFault::Unreadable)]);
    assert_eq!(faults(&[("工作单位", "织里童装厂")]), []);
}
