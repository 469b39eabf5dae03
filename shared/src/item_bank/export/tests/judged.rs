//! What parsers of others are given to read: `e2e/verify` asks them for it.

use super::*;
use std::{fs, path::PathBuf};

/// An item of each kind that GIFT has, with signs that mean something to it.
fn of_gift() -> Vec<Item> {
    let options = texts(&["2 = 少了", "4", "$2^{3}$"]);
    let single = item("集合 {1, 2} 有几个子集：", ItemBody::SingleChoice { options, key: 1 });
    let options = texts(&["2", "3", "4", "6"]);
    let several = ItemBody::MultipleChoice { options, key: vec![0, 2, 3], rule: MultipleRule::AllOrNothing };
    let blanks = vec![texts(&["北京", "Peking"])];
    let tolerance = Tolerance::Absolute { by: "0.1".to_owned() };
    let number = ItemBody::Numeric { key: "9.8".to_owned(), tolerance, units: Vec::new() };
    let pairs = body_of_lines(ItemKind::Matching, "浙江 -> 杭州\n江苏 -> 南京\n-> 合肥").unwrap();
    vec![
        Item { explanation: "因为 $2^2 = 4$。".to_owned(), ..single },
        item("哪些是偶数？", several),
        item("水是干的。", ItemBody::TrueFalse { key: false }),
        item("我国的首都是 ____ 。", ItemBody::FillIn { blanks, groups: Vec::new() }),
        item("写一封短信。", ItemBody::ShortAnswer { rubric: String::new() }),
        item("重力加速度是多少？", number),
        item("哪座是省会？", pairs),
    ]
}

#[test]
fn the_gift_that_others_read_is_what_we_write() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../e2e/verify/samples/items.gift");
    let items: Vec<OutgoingItem> = of_gift().into_iter().map(outgoing).collect();
    let written = write_items(ExportFormat::Gift, &items, &OutgoingPictures::new(), &words());
    let made = String::from_utf8(written.files[0].1.clone()).unwrap();
    if std::option_env!("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made, "rebuild with UPDATE_SNAPSHOTS=1 to accept");
    assert_eq!(read(ExportFormat::Gift, &made), of_gift());
}
