//! Survey lists as schools have them, of persons that there are not.

use std::fmt::Write;

/// Rows of a list; of each hundred one has a wrong number.
pub(crate) const ROWS: u32 = 100_000;
/// Townships of several counties.
pub(crate) const TOWNSHIPS: [&str; 10] = [
    "330502104",
    "330502105",
    "330502100",
    "330503001",
    "330503002",
    "330521101",
    "330522101",
    "330523001",
    "330602001",
    "330602002",
];
const SURNAMES: [&str; 10] = ["张", "王", "李", "赵", "陈", "杨", "吴", "刘", "黄", "周"];
const GIVEN: [&str; 10] = ["秀英", "桂英", "建国", "伟", "芳", "娜", "敏", "静", "强", "磊"];
const EDUCATION: [&str; 4] = ["小学", "初中毕业", "初中肄业", "高中"];

/// The nth list, of so many rows. No number of two lists is the same, and none can be a person's (region `330199`).
pub(crate) fn list(nth: u32, rows: u32) -> String {
    let mut list = "序号,姓名,身份证号,手机,文化程度,备注\r\n".to_owned();
    for n in 0..rows {
        let person = nth * ROWS + n;
        let (serial, day) = (person % 1_000, person / 1_000);
        let (year, month, of_month) = (1_960 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let number = with_check_digit(&format!("330199{year}{month:02}{of_month:02}{serial:03}"));
        let wrong = if n % 100 == 99 { "1" } else { "" };
        let pick = |of: &[&'static str], by: u32| of[(person / by) as usize % of.len()];
        let (name, education) = ((pick(&SURNAMES, 1), pick(&GIVEN, 7)), pick(&EDUCATION, 3));
        writeln!(list, "{n},{}{},{number}{wrong},199{:08},{education},\r", name.0, name.1, person % 10_000_000)
            .unwrap();
    }
    list
}

fn with_check_digit(body: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}
