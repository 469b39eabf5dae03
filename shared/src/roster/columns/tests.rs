use super::*;
use proptest::prelude::*;

fn field_at(proposal: &ColumnProposal, column: u16) -> Option<RosterField> {
    proposal.mapping.0.iter().find(|(_, at)| **at == column).map(|(field, _)| *field)
}

#[test]
fn headers_of_real_lists_are_understood() {
    let headers = [
        "序号",
        "姓 名*",
        "公民身份号码（必填）",
        "性别",
        "联系电话：",
        "文化程度",
        "户籍地",
        "所在镇街",
        "村（社区）",
        "工作单位",
        "学历提升意愿",
    ];
    let proposal = propose_columns(&headers, true);
    use RosterField::*;
    let expected = [
        None,
        Some(Name),
        Some(DocumentNumber),
        Some(Sex),
        Some(Phone),
        Some(EducationLevel),
        Some(HouseholdDivision),
        Some(ResidenceDivision),
        Some(Village),
        Some(Employer),
        Some(UpgradeIntent),
    ];
    for (column, field) in (0..).zip(expected) {
        assert_eq!(field_at(&proposal, column), field, "{}", headers[usize::from(column)]);
    }
    assert_eq!((proposal.missing, proposal.ambiguous, proposal.not_understood), (vec![], vec![], vec![]));
}

#[test]
fn what_only_resembles_a_header_is_a_guess() {
    let proposal = propose_columns(&["学员姓名", "本人居民身份证号码", "本人手机号"], false);
    assert_eq!(proposal.guessed, [RosterField::DocumentNumber, RosterField::Phone]);
    assert_eq!(proposal.mapping.column(RosterField::DocumentNumber), Some(1));
}

#[test]
fn the_last_word_says_what_a_header_is_about() {
    let proposal = propose_columns(&["身份证住址", "单位联系电话", "电话1", "户籍详细住址说不清"], false);
    assert_eq!(field_at(&proposal, 0), Some(RosterField::ResidenceAddress));
    let phones = AmbiguousField { field: RosterField::Phone, columns: vec![1, 2] };
    assert_eq!((proposal.ambiguous, proposal.not_understood), (vec![phones], vec![3]));
}

#[test]
fn a_known_word_beats_one_that_only_contains_it() {
    let proposal = propose_columns(&["监护人姓名", "姓名", "身份证号"], false);
    assert_eq!(proposal.mapping.column(RosterField::Name), Some(1));
    assert_eq!(proposal.not_understood, [0]);
}

#[test]
fn two_columns_for_one_field_are_for_a_person_to_settle() {
    let proposal = propose_columns(&["姓名", "电话", "手机", "血型", ""], true);
    let phones = AmbiguousField { field: RosterField::Phone, columns: vec![1, 2] };
    assert_eq!(proposal.ambiguous, [phones]);
    assert_eq!(proposal.missing, [RosterField::DocumentNumber, RosterField::ResidenceDivision]);
    assert_eq!(proposal.not_understood, [3], "an empty header asks nothing");
}

#[test]
fn a_file_of_absurdly_many_columns_does_no_harm() {
    let mut headers = vec![""; 70_000];
    headers[69_999] = "姓名";
    assert_eq!(propose_columns(&headers, false).missing, REQUIRED_FIELDS);
}

#[test]
fn the_header_row_is_found_below_the_title() {
    let rows: [&[&str]; 4] = [
        &["某镇成人花名册", "", ""],
        &["填表人：", "日期", ""],
        &["姓名", "身份证号", "手机"],
        &["张秀英", "男", "姓名"],
    ];
    assert_eq!(find_header_row(&rows), Some(2));
    assert_eq!(find_header_row(&rows[..1]), None);
}

#[test]
fn a_confirmed_mapping_is_checked() {
    let mapping = |pairs: &[(RosterField, u16)]| ColumnMapping(pairs.iter().copied().collect());
    let right = mapping(&[(RosterField::Name, 0), (RosterField::DocumentNumber, 1)]);
    assert_eq!(right.check(2, false), []);
    assert_eq!(right.check(2, true), [FieldError::new("/residence_division", "required")]);
    let wrong = mapping(&[(RosterField::Name, 0), (RosterField::DocumentNumber, 0), (RosterField::Sex, 9)]);
    let errors = [FieldError::new("/document_number", "duplicate"), FieldError::new("/sex", "out-of-range")];
    assert_eq!(wrong.check(2, false), errors);
    let text = serde_json::to_string(&right).unwrap();
    assert_eq!(text, r#"{"name":0,"document_number":1}"#);
    assert_eq!(serde_json::from_str::<ColumnMapping>(&text).unwrap(), right);
}

#[test]
fn a_list_of_the_same_columns_is_remembered() {
    let digest = headers_digest(&["姓名", "身份证号"]);
    assert_eq!(headers_digest(&["姓 名*", "身份证号（必填）"]), digest);
    assert_ne!(headers_digest(&["身份证号", "姓名"]), digest);
    assert_ne!(headers_digest(&["姓名身份证号"]), digest);
}

proptest! {
    #[test]
    fn every_column_is_used_once_at_most(headers in prop::collection::vec("[姓名身份证号码手机电话性别地址年龄 A-Za-z()（）]{0,6}", 0..12)) {
        let proposal = propose_columns(&headers, true);
        let mut columns: Vec<u16> = proposal.mapping.0.values().copied().collect();
        columns.extend(proposal.ambiguous.iter().flat_map(|field| &field.columns));
        columns.extend(&proposal.not_understood);
        let all = columns.len();
        columns.sort_unstable();
        columns.dedup();
        prop_assert_eq!(columns.len(), all);
        prop_assert!(columns.iter().all(|column| usize::from(*column) < headers.len()));
    }
}

#[test]
fn columns_have_the_letters_of_a_spreadsheet() {
    assert_eq!([0, 25, 26, 52, 701, 702].map(column_letters), ["A", "Z", "AA", "BA", "ZZ", "AAA"]);
}
