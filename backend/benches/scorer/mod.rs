//! How many responses one core scores in a second: `make bench ONLY=scorer`.
//!
//! A right and a wrong response to an item of each kind in turn, whichever is the slowest of several windows counts.

use crate::now;
use shared::{
    item_bank::{Item, Response, Scored, parse_chinese_text, score},
    points::Points,
};
use std::{hint::black_box, time::Duration};

/// What teachers paste; the responses below are in the same order.
const TEXT: &str = "\
1. 我国的首都是（　）
A. 上海
B. 北京
C. 南京
答案：B

2.（多选题）偶数有（　　）
A. 2
B. 3
C. 4
答案：AC

3. （判断）圆有无数条对称轴。
答案：正确

4.（数值题）重力加速度约是多少？
答案：9.8 ± 0.1 m/s²
cm/s² = 0.01

5.（排序题）按时间先后排好。
答案：
辛亥革命
五四运动
中华人民共和国成立

6.（下拉选择题）浙江的省会是____，江苏的省会是____。
答案：
杭州 | 宁波
南京 | 苏州 | 无锡
";
/// Windows that are measured.
const WINDOWS: usize = 5;
/// How long each takes.
const WINDOW: Duration = Duration::from_millis(500);
/// Responses between two looks at the clock.
const BETWEEN: usize = 10_000;
/// What each item is worth.
const WORTH: Points = Points::whole(2);

/// Two responses to each item.
fn responses() -> Vec<[Response; 2]> {
    let text = |text: &str| Response::Text(text.to_owned());
    vec![
        [Response::Single(1), Response::Single(0)],
        [Response::Multiple(vec![0, 2]), Response::Multiple(vec![0, 1])],
        [Response::TrueFalse(true), Response::TrueFalse(false)],
        [text("９７５ cm/s²"), text("九点八")],
        [Response::Ordered(vec![0, 1, 2]), Response::Ordered(vec![2, 1, 0])],
        [Response::Choices(vec![Some(0), Some(0)]), Response::Choices(vec![Some(1), None])],
    ]
}

/// Responses scored in a second.
fn rate(asked: &[(Item, Response)]) -> f64 {
    let (began, mut scored) = (now(), 0_usize);
    while began.elapsed() < WINDOW {
        for (item, response) in asked.iter().cycle().take(BETWEEN) {
            let points = score(black_box(item), Some(black_box(response)), WORTH);
            assert!(matches!(black_box(points), Scored::Points(_)));
        }
        scored += BETWEEN;
    }
    scored as f64 / began.elapsed().as_secs_f64()
}

pub(crate) fn run() {
    let parsed = parse_chinese_text(TEXT);
    assert_eq!(parsed.errors, []);
    let responses = responses();
    assert_eq!(parsed.items.len(), responses.len());
    let each = parsed.items.into_iter().zip(responses);
    let asked: Vec<_> = each.flat_map(|(item, both)| both.map(|response| (item.clone(), response))).collect();
    let slowest = (0..WINDOWS).map(|_| rate(&asked)).min_by(f64::total_cmp).unwrap();
    println!("scorer_items_per_s {slowest:.0} 1/s");
}
