//! What is written is read again: by the importers, and by the interpreter of QTI.

use super::{
    judge::{as_told, is_same},
    *,
};
use crate::{
    item_bank::{
        CalculationStep, Child, Dimension, EssayLength, ItemBody, ItemKind, Judgement, MoodlePictures, MultipleRule,
        NumericUnit, Response, Scored, Tolerance, body_of_lines,
        matching::of_pairs,
        moodle_files,
        numeric::absolute,
        option_letter, parse_gift, parse_moodle_quiz, parse_moodle_xml, parse_qti,
        qti::points_of,
        score, validate_item,
        weights::{TOLERANCE, WHOLE, percent_of_each, weight},
    },
    media::picture_path,
    points::Points,
    problem::has_texts,
};
use generated::{items, marked, most, plain, right_responses};
use proptest::prelude::*;
use uuid::Uuid;

mod chosen;
mod generated;
mod judged;
mod parts;

const TEXTS: [ExportFormat; 4] =
    [ExportFormat::Qti22, ExportFormat::Qti30, ExportFormat::Gift, ExportFormat::MoodleXml];

fn words() -> TruthWords {
    TruthWords { right: "正确".to_owned(), wrong: "错误".to_owned() }
}

pub(super) fn outgoing(item: Item) -> OutgoingItem {
    OutgoingItem { id: ItemId(Uuid::nil()), item }
}

fn item(stem: &str, body: ItemBody) -> Item {
    Item { schema_version: 1, stem: stem.to_owned(), body, explanation: String::new() }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

/// The files of one item, and what was told.
fn written(format: ExportFormat, item: &Item) -> (WrittenItems, BTreeSet<ExportLossCode>) {
    let written = write_items(format, &[outgoing(item.clone())], &OutgoingPictures::new(), &words());
    let told = written.losses.iter().map(|loss| loss.code).collect();
    (written, told)
}

/// The text of one item, as who reads it gets it.
fn text_of(format: ExportFormat, item: &Item) -> Option<String> {
    let (written, _) = written(format, item);
    let is_item = |path: &String| path != "imsmanifest.xml";
    let file = written.files.into_iter().filter(|_| written.items > 0).find(|(path, _)| is_item(path))?;
    Some(String::from_utf8(file.1).unwrap())
}

pub(super) fn read(format: ExportFormat, text: &str) -> Vec<Item> {
    let parsed = match format {
        ExportFormat::Gift => parse_gift(text),
        ExportFormat::MoodleXml => parse_moodle_xml(text),
        _ => parse_qti(text),
    };
    assert_eq!(parsed.errors, [], "{text}");
    parsed.items
}

#[track_caller]
fn check(item: &Item, format: ExportFormat, expected: &[ExportLossCode]) {
    assert_eq!(validate_item(item), []);
    let (_, told) = written(format, item);
    let expected: BTreeSet<_> = expected.iter().copied().collect();
    assert_eq!(told, expected, "{format} {item:?}");
}

#[test]
fn each_loss_has_a_text() {
    for code in ExportLossCode::ALL {
        assert!(has_texts(&format!("export_loss.{code}")), "{code}");
    }
}

#[test]
fn each_kind_tells_what_each_format_loses() {
    use ExportLossCode as Loss;
    let [qti_22, qti_30, gift, moodle] = TEXTS;
    let several = ItemBody::MultipleChoice {
        options: texts(&["甲", "乙", "丙"]),
        key: vec![0, 2],
        rule: MultipleRule::PartialNoWrong,
    };
    let several = item("哪些？", several);
    check(&several, qti_22, &[Loss::RuleNotReadBack]);
    check(&several, gift, &[Loss::ScoredOtherwise, Loss::RuleLeftOut]);
    check(&several, moodle, &[Loss::ScoredOtherwise, Loss::RuleLeftOut]);
    let statement = item("水是湿的。", ItemBody::TrueFalse { key: false });
    check(&statement, qti_30, &[Loss::StatementAsChoice]);
    check(&statement, gift, &[]);
    let blanks = vec![texts(&["甲"]), texts(&["乙", "丙"])];
    let blanks = item("____ 和 ____", ItemBody::FillIn { blanks, groups: vec![vec![0, 1]] });
    check(&blanks, qti_22, &[Loss::AnyOrderLeftOut]);
    check(&blanks, gift, &[Loss::KindLeftOut]);
    check(&blanks, moodle, &[Loss::AnyOrderLeftOut]);
    let essay = item("为什么？", ItemBody::ShortAnswer { rubric: "要点".to_owned() });
    check(&essay, qti_22, &[]);
    check(&essay, gift, &[Loss::RubricLeftOut]);
    check(&essay, moodle, &[]);
    let unit = NumericUnit { name: "m".to_owned(), factor: "1".to_owned() };
    let tolerance = Tolerance::Relative { percent: "1".to_owned() };
    let number = item("多高？", ItemBody::Numeric { key: "200".to_owned(), tolerance, units: vec![unit] });
    check(&number, qti_30, &[Loss::UnitsLeftOut]);
    check(&number, gift, &[Loss::UnitsLeftOut, Loss::ToleranceAbsolute]);
    check(&number, moodle, &[Loss::UnitsLeftOut, Loss::ToleranceAbsolute]);
    let lines = body_of_lines(ItemKind::Ordering, "1911\n1919\n1949").unwrap();
    let lines = item("排序。", lines);
    check(&lines, qti_22, &[Loss::ScoredOtherwise]);
    check(&lines, gift, &[Loss::KindLeftOut]);
    check(&lines, moodle, &[]);
    let table = item("属于哪一类？", body_of_lines(ItemKind::Matrix, "x | y\n甲 -> x\n乙 -> y").unwrap());
    check(&table, qti_22, &[]);
    check(&table, qti_30, &[]);
    let pairs = item("哪座？", body_of_lines(ItemKind::Matching, "浙江 -> 杭州\n江苏 -> 南京\n-> 合肥").unwrap());
    check(&pairs, qti_22, &[]);
    check(&pairs, qti_30, &[]);
    check(&table, gift, &[Loss::TableAsPairs]);
    check(&pairs, moodle, &[]);
    check(&table, moodle, &[Loss::TableAsPairs]);
    assert!(text_of(qti_22, &table).unwrap().contains("shuffle=\"false\""));
    assert_eq!(text_of(gift, &table).as_deref(), Some("[markdown]属于哪一类？ {=甲 -> x =乙 -> y }\n\n"));
    let hot = item("哪些[[写错]]了，[[哪些]]没有？", body_of_lines(ItemKind::HotText, "1").unwrap());
    check(&hot, qti_22, &[]);
    check(&hot, qti_30, &[]);
    let half = ItemBody::HotText { key: vec![1], rule: MultipleRule::PartialNoWrong };
    check(&Item { body: half, ..hot.clone() }, qti_22, &[Loss::RuleNotReadBack]);
    check(&hot, gift, &[Loss::KindLeftOut]);
    check(&hot, moodle, &[Loss::KindLeftOut]);
    let written = text_of(qti_30, &hot).unwrap();
    assert!(written.contains("<p>哪些<qti-hottext identifier=\"H0\">写错</qti-hottext>了，"), "{written}");
    let wrong = item("一年有五季。", body_of_lines(ItemKind::Correction, "× 四季").unwrap());
    check(&wrong, qti_22, &[]);
    check(&wrong, gift, &[Loss::CorrectionLeftOut]);
    check(&wrong, moodle, &[Loss::CorrectionLeftOut]);
    assert_eq!(text_of(gift, &wrong).as_deref(), Some("[markdown]一年有五季。 {F}\n\n"));
    let essay = item("写一封信。", body_of_lines(ItemKind::Essay, "600-\n内容 60%: 切题\n语言 40%").unwrap());
    check(&essay, qti_22, &[Loss::DimensionsAsRubric]);
    check(&essay, qti_30, &[Loss::DimensionsAsRubric]);
    check(&essay, gift, &[Loss::DimensionsAsRubric, Loss::RubricLeftOut]);
    check(&essay, moodle, &[Loss::DimensionsAsRubric]);
    let rubric = "600-\n\n内容 60%: 切题\n\n语言 40%".to_owned();
    let [read] = &read(moodle, &text_of(moodle, &essay).unwrap())[..] else { panic!("it is one") };
    assert_eq!(read.body, ItemBody::ShortAnswer { rubric });
    let steps = body_of_lines(ItemKind::Calculation, "甲 40%: 9 +- 1% g\n乙 60%: 3").unwrap();
    let steps = item("算一算。", steps);
    check(&steps, qti_22, &[Loss::UnitsLeftOut]);
    check(&steps, gift, &[Loss::KindLeftOut]);
    check(&steps, moodle, &[Loss::NotReadBack, Loss::UnitsLeftOut, Loss::ToleranceAbsolute]);
    let written = text_of(moodle, &steps).unwrap();
    assert!(written.contains("甲 {40:NUMERICAL:=9:0.09}") && written.contains("乙 {60:NUMERICAL:=3:0}"), "{written}");
    let parts = body_of_lines(ItemKind::Composite, "(1) 40% x?\n答案：√\n(2) 60% y?\n答案：×").unwrap();
    let parts = item("短文。", parts);
    check(&parts, qti_22, &[Loss::StatementAsChoice]);
    check(&parts, qti_30, &[Loss::StatementAsChoice]);
    check(&parts, gift, &[Loss::KindLeftOut]);
    check(&parts, moodle, &[Loss::KindLeftOut]);
    let menus = item("____ 是省会。", body_of_lines(ItemKind::InlineChoice, "杭州 | 宁波").unwrap());
    check(&menus, qti_30, &[]);
    check(&menus, moodle, &[]);
    check(&menus, ExportFormat::Gift, &[Loss::KindLeftOut]);
}

#[test]
fn what_is_left_out_is_not_counted_and_stops_no_other_item() {
    let lines = outgoing(item("排序。", body_of_lines(ItemKind::Ordering, "a\nb\nc").unwrap()));
    let statement = outgoing(item("水是湿的。", ItemBody::TrueFalse { key: true }));
    let written = write_items(ExportFormat::Gift, &[lines, statement], &OutgoingPictures::new(), &words());
    assert_eq!((written.items, written.losses.len(), written.losses[0].place), (1, 1, 1));
    assert_eq!(String::from_utf8(written.files[0].1.clone()).unwrap(), "[markdown]水是湿的。 {T}\n\n");
}

#[test]
fn a_picture_goes_along_where_there_is_a_place_for_it() {
    let hash = "0123456789abcdef".repeat(4);
    let stem = format!("看图：![两个圆]({}) ![外面](https://example.org/x.png)", picture_path(&hash));
    let shown = outgoing(item(&stem, ItemBody::TrueFalse { key: true }));
    let picture = OutgoingPicture { media_type: "image/jpeg".to_owned(), content: b"abc".to_vec() };
    let pictures = OutgoingPictures::from([(hash.clone(), picture)]);
    let written = |format| write_items(format, std::slice::from_ref(&shown), &pictures, &words());
    let package = written(ExportFormat::Qti22);
    let paths: Vec<&str> = package.files.iter().map(|(path, _)| path.as_str()).collect();
    let (path, id) = (format!("items/media/{hash}.jpg"), Uuid::nil());
    assert_eq!(paths, ["imsmanifest.xml", &path, &format!("items/{id}.xml")]);
    assert!(String::from_utf8_lossy(&package.files[0].1).contains(&format!("<file href=\"{path}\"/>")));
    let text = String::from_utf8_lossy(&package.files[2].1).into_owned();
    assert!(text.contains(&format!("<img src=\"media/{hash}.jpg\" alt=\"两个圆\"/> 外面")), "{text}");
    let codes: Vec<_> = package.losses.iter().map(|loss| loss.code).collect();
    let told = [ExportLossCode::PictureLeftOut, ExportLossCode::PictureNotReadBack];
    assert_eq!(codes, [&[ExportLossCode::StatementAsChoice][..], &told].concat());
    let moodle = String::from_utf8(written(ExportFormat::MoodleXml).files[0].1.clone()).unwrap();
    assert!(moodle.contains("encoding=\"base64\">YWJj</file>") && moodle.contains("@@PLUGINFILE@@/"), "{moodle}");
    assert_eq!(moodle_files(&moodle), [(0, b"abc".to_vec())]);
    let again = parse_moodle_quiz(&moodle, &MoodlePictures::from([(0, picture_path(&hash))]));
    assert_eq!(again.items[0].stem, format!("看图：![两个圆]({}) 外面", picture_path(&hash)));
}

#[test]
fn a_manifest_names_every_item_for_our_own_import() {
    let statement = item("水是湿的。", ItemBody::TrueFalse { key: true });
    for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
        let (written, _) = written(format, &statement);
        let manifest = crate::item_bank::read_qti_manifest(&String::from_utf8_lossy(&written.files[0].1)).unwrap();
        assert_eq!((manifest.items.len(), manifest.errors, manifest.losses), (1, vec![], vec![]));
        assert_eq!(manifest.items[0].0, written.files[1].0);
    }
}

#[test]
fn shares_and_tolerances_are_written_as_they_are_read() {
    for count in 1..=10 {
        let each = weight(&percent_of_each(count)).unwrap();
        assert!((each * i64::try_from(count).unwrap() - WHOLE).abs() <= TOLERANCE, "{count}");
    }
    let percent = |percent: &str| Tolerance::Relative { percent: percent.to_owned() };
    assert_eq!(absolute("-9.8", &percent("5")).as_deref(), Some("0.49"));
    assert_eq!(absolute("200", &percent("0.5")).as_deref(), Some("1"));
    assert_eq!(absolute("1", &Tolerance::Absolute { by: "0.10".to_owned() }).as_deref(), Some("0.10"));
}

#[test]
fn a_row_of_the_template_has_letters_or_lines_as_its_key() {
    let choice = ItemBody::MultipleChoice {
        options: texts(&["甲", "乙", "丙"]),
        key: vec![0, 2],
        rule: MultipleRule::PartialNoWrong,
    };
    let row = sheet_row(&item("哪些？", choice));
    assert_eq!((row.options.len(), row.answer.as_str()), (3, "AC"));
    assert_eq!(row.told, BTreeSet::from([ExportLossCode::RuleLeftOut]));
    let lines = body_of_lines(ItemKind::Ordering, "1911\n1919\n1949").unwrap();
    assert_eq!(sheet_row(&item("排序。", lines)).answer, "1911\n1919\n1949");
    let hot = body_of_lines(ItemKind::HotText, "2\n4").unwrap();
    assert_eq!(sheet_row(&item("[[a]][[b]][[c]][[d]]", hot)).answer, "2, 4");
    let wrong = body_of_lines(ItemKind::Correction, "× a | b").unwrap();
    assert_eq!(sheet_row(&item("c", wrong)).answer, "× a | b");
    let table = body_of_lines(ItemKind::Matrix, "x | y\n甲 -> x\n乙 -> y").unwrap();
    assert_eq!(sheet_row(&item("分类。", table)).answer, "x | y\n甲 \u{2192} x\n乙 \u{2192} y");
}

proptest! {
    #[test]
    fn what_is_read_again_is_the_item_but_for_what_was_told(item in items(|| plain().boxed())) {
        prop_assert_eq!(validate_item(&item), []);
        for format in TEXTS {
            let (_, told) = written(format, &item);
            prop_assert!(!told.contains(&ExportLossCode::ReadOtherwise), "{format} {item:?}");
            if let Some(expected) = as_told(&item, &told) {
                prop_assert_eq!(read(format, &text_of(format, &item).unwrap()), [expected], "{}", format);
            }
        }
    }

    #[test]
    fn looks_formulas_and_signs_are_read_again(item in items(|| marked().boxed())) {
        for format in TEXTS {
            let (_, told) = written(format, &item);
            prop_assert!(!told.contains(&ExportLossCode::ReadOtherwise), "{format} {item:?} {:?}", text_of(format, &item));
            if let Some(expected) = as_told(&item, &told) {
                prop_assert!(is_same(&read(format, &text_of(format, &item).unwrap())[0], &expected), "{}", format);
            }
        }
    }

    #[test]
    fn the_interpreter_gives_everything_for_what_is_right_and_nothing_for_nothing(item in items(|| plain().boxed())) {
        let is_marked_by_hand = matches!(item.body, ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. });
        for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
            let text = text_of(format, &item).unwrap();
            prop_assert_eq!(points_of(&text, &[]), 0.0, "{}", &text);
            let expected = if is_marked_by_hand { 0.0 } else { most(&text) };
            prop_assert_eq!(points_of(&text, &right_responses(&item.body)), expected, "{}", &text);
        }
    }

    #[test]
    fn a_choice_is_scored_there_as_here(
        set in 1_u16..32, chosen in 0_u16..32, is_usual in any::<bool>()
    ) {
        let places = |set: u16| (0..5).filter(|place| set & (1_u16 << *place) != 0).collect::<Vec<u16>>();
        let rule = if is_usual { MultipleRule::AllOrNothing } else { MultipleRule::PartialNoWrong };
        let options = texts(&["甲", "乙", "丙", "丁", "戊"]);
        let item = item("哪些？", ItemBody::MultipleChoice { options, key: places(set), rule });
        let given = places(chosen).into_iter().map(option_letter).collect();
        let there = points_of(&text_of(ExportFormat::Qti30, &item).unwrap(), &[("RESPONSE".to_owned(), given)]);
        let here = score(&item, Some(&Response::Multiple(places(chosen))), Points(100));
        prop_assert_eq!(Scored::Points(Points((there * 100.0) as i32)), here);
    }

    #[test]
    fn a_verdict_with_its_correction_is_scored_there_as_here(is_right in any::<bool>(), text in "[ab ]{0,2}") {
        let wrong = item("一年有五季。", body_of_lines(ItemKind::Correction, "× a | b").unwrap());
        let given = [("RESPONSE1", option_letter(u16::from(!is_right))), ("RESPONSE2", text.trim().to_owned())];
        let given: Vec<_> = given.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect();
        let there = points_of(&text_of(ExportFormat::Qti22, &wrong).unwrap(), &given);
        let here = score(&wrong, Some(&Response::Judged(Judgement { is_right, correction: text })), Points(200));
        prop_assert_eq!(Scored::Points(Points((there * 100.0) as i32)), here);
    }

    #[test]
    fn whatever_an_author_typed_is_written(text in "([-*_#>|`$\\\\!<&\\[\\]().a1甲 \n]|____|\\*\\*|<b>|</b>|\\$\\$){1,60}") {
        let shown = item(&text, ItemBody::ShortAnswer { rubric: text.clone() });
        for format in TEXTS {
            prop_assert!(text_of(format, &shown).is_some());
        }
    }
}
