//! What can be chosen, and pictures that are shown again and again.

use super::*;

#[test]
fn a_sign_that_can_be_chosen_is_in_the_file_and_right_only_where_it_is() {
    let choice = ItemBody::SingleChoice { options: texts(&[">", "<", "="]), key: 0 };
    let choice = item("3 和 2 怎样比较？", choice);
    TEXTS.into_iter().for_each(|format| check(&choice, format, &[]));
    let gift = text_of(ExportFormat::Gift, &choice).unwrap();
    assert!(gift.contains(r"{=\\> ~< ~\= }"), "{gift}");
    let menus = vec![texts(&["=", "<", ">", "%50%"])];
    let menus = item("3 ____ 5", ItemBody::InlineChoice { menus, key: vec![1] });
    let qti = text_of(ExportFormat::Qti22, &menus).unwrap();
    assert!(qti.contains("<inlineChoice identifier=\"C\">&gt;</inlineChoice>"), "{qti}");
    let moodle = text_of(ExportFormat::MoodleXml, &menus).unwrap();
    assert!(moodle.contains("{1:MULTICHOICE_S:%0%=~=&amp;lt;~&amp;gt;~%0%%50%}"), "{moodle}");
}

#[test]
fn what_plain_words_cannot_say_is_told() {
    use ExportLossCode as Loss;
    let told = |format, body| written(format, &item("哪个单位是 ____？", body)).1;
    let picture = format!("![圆]({})", picture_path(&"0".repeat(64)));
    let pairs = [("面积", "m<sup>2</sup>"), ("圆", picture.as_str())];
    let pairs = pairs.map(|(left, right)| (left.to_owned(), right.to_owned()));
    let expected = BTreeSet::from([Loss::PictureLeftOut, Loss::LooksLeftOut]);
    assert_eq!(told(ExportFormat::MoodleXml, of_pairs(&pairs).unwrap()), expected);
    let menus = vec![texts(&["m<sup>2</sup>", "m"])];
    let menus = ItemBody::InlineChoice { menus, key: vec![0] };
    assert_eq!(told(ExportFormat::Qti22, menus), BTreeSet::from([Loss::LooksLeftOut]));
}

/// The same picture in every text of many items must not fill the memory.
#[test]
fn a_picture_weighs_as_often_as_it_is_in_the_file() {
    let hash = "0123456789abcdef".repeat(4);
    let shown = format!("![图]({})", picture_path(&hash));
    let options = texts(&["甲", &shown]);
    let items = vec![outgoing(item(&shown, ItemBody::SingleChoice { options, key: 0 })); 3];
    let weights = BTreeMap::from([(hash.clone(), 10)]);
    let bytes = |format| picture_bytes(format, &items, &weights);
    assert_eq!((bytes(ExportFormat::Qti30), bytes(ExportFormat::MoodleXml)), (10, 60));
    let picture = OutgoingPicture { media_type: "image/png".to_owned(), content: b"abc".to_vec() };
    let pictures = OutgoingPictures::from([(hash, picture)]);
    let package = write_items(ExportFormat::Qti30, &items, &pictures, &words());
    assert_eq!(package.files.iter().filter(|(path, _)| path.ends_with(".png")).count(), 1);
    let moodle = write_items(ExportFormat::MoodleXml, &items, &pictures, &words());
    assert_eq!(String::from_utf8_lossy(&moodle.files[0].1).matches("YWJj").count(), 6);
}

#[test]
fn what_a_cell_says_otherwise_is_told() {
    let told = |options: &[&str], explanation: &str| {
        let options = texts(options);
        let body = ItemBody::SingleChoice { options, key: 0 };
        sheet_row(&Item { explanation: explanation.to_owned(), ..item("算一算。", body) }).told
    };
    assert_eq!(told(&["3", "1 - 4"], ""), BTreeSet::new());
    assert_eq!(told(&["3", "-3"], ""), BTreeSet::from([ExportLossCode::ApostropheAdded]));
    assert_eq!(told(&["3", "4"], &"长".repeat(40_000)), BTreeSet::from([ExportLossCode::TextCut]));
}
