//! Several questions on one material.

use super::*;

#[test]
fn each_question_on_a_material_has_its_share_there_too() {
    let lines = "(1) 40% 作者写的是家乡。\n答案：√\n(2) 60% 家乡有__和__。\n答案：山；RESPONSE";
    let parts = item("短文。", body_of_lines(ItemKind::Composite, lines).unwrap());
    for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
        let text = text_of(format, &parts).unwrap();
        let worth = |given: &[(&str, &str)]| {
            let one = |(name, value): &(&str, &str)| ((*name).to_owned(), vec![(*value).to_owned()]);
            points_of(&text, &given.iter().map(one).collect::<Vec<_>>())
        };
        let (first, second, third) = (("P1_RESPONSE", "A"), ("P2_RESPONSE1", "山"), ("P2_RESPONSE2", "RESPONSE"));
        assert_eq!(worth(&[]), 0.0, "{text}");
        assert_eq!(worth(&[first]), 40.0, "{text}");
        assert_eq!(worth(&[("P1_RESPONSE", "B"), third]), 30.0, "{text}");
        assert_eq!(worth(&[first, second, third]), most(&text), "{text}");
    }
}

#[test]
fn questions_of_every_kind_are_read_again_with_their_shares() {
    let lines = "(1) 10% 哪一个？\nA. 甲\nB. 乙\n答案：B\n(2) 20% 家乡有__和__。\n答案：山；水\n\
        (3) 30%（数值题）有多高？\n答案：9.8 ± 0.1\n(4) 40%（排序题）排好。\n答案：\n一\n二\n三";
    let parts = item("短文。\n\n第二段。", body_of_lines(ItemKind::Composite, lines).unwrap());
    let ItemBody::Composite { children } = &parts.body else { panic!("it is a composite") };
    assert_eq!(children.len(), 4);
    for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
        check(&parts, format, &[ExportLossCode::ScoredOtherwise]);
        assert_eq!(read(format, &text_of(format, &parts).unwrap()), std::slice::from_ref(&parts), "{format}");
    }
}

#[test]
fn what_a_person_looks_for_in_a_question_on_a_material_is_read_again() {
    let lines = "(1) 40% 作者写的是家乡。\n答案：×\n(2) 60%（简答题）为什么？\n答案：因为有西湖。";
    let parts = item("短文。", body_of_lines(ItemKind::Composite, lines).unwrap());
    let essay = "(1) 40%（填空）家乡有__。\n答案：山\n(2) 60%（作文）写家乡。\n答案：\n600-\n内容 50%: 切题\n语言 50%";
    let essay = item("短文。", body_of_lines(ItemKind::Composite, essay).unwrap());
    for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
        check(&parts, format, &[ExportLossCode::StatementAsChoice]);
        let found = read(format, &text_of(format, &parts).unwrap());
        let [Item { body: ItemBody::Composite { children }, .. }] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(children[1].body, ItemBody::ShortAnswer { rubric: "因为有西湖。".to_owned() });
        check(&essay, format, &[ExportLossCode::DimensionsAsRubric]);
        let told = BTreeSet::from([ExportLossCode::DimensionsAsRubric]);
        let found = read(format, &text_of(format, &essay).unwrap());
        assert!(is_same(&found[0], &as_told(&essay, &told).unwrap()), "{found:?}");
    }
    check(&parts, ExportFormat::MoodleXml, &[ExportLossCode::KindLeftOut]);
}
