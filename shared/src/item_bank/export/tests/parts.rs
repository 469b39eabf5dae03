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
