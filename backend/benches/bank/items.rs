//! Items as teachers type them, of sums that nobody needs.

use std::fmt::Write;

const WHO: [&str; 8] =
    ["某村合作社", "城西成人学校", "运河边的粮站", "山区茶场", "镇上的服装厂", "县供销社", "街道社区", "渔业公司"];
const WHEN: [&str; 8] =
    ["去年春季", "今年第一季度", "上个月", "国庆节以前", "农忙时节", "年底盘点时", "开学以后", "雨季里"];
const WHAT: [&str; 8] =
    ["收购稻谷", "运出茶叶", "加工衬衫", "发放教材", "修理农具", "登记住户", "捕捞鲜鱼", "栽种果树"];
const THEN: [&str; 8] = [
    "其中有五分之一没有验收",
    "比原来的计划多了百分之八",
    "平均分给六个小组",
    "每天完成的数量相同",
    "剩下的三天全部做完",
    "由两个班组合作完成",
    "又追加了同样的一批",
    "有四十件需要返工",
];
const ASK: [&str; 4] = ["请列出算式", "求实际的总数", "结果保留整数", "说明理由"];

/// A text of so many items, from this number on. No two are the same.
pub(crate) fn text(first: u32, items: u32) -> String {
    let mut text = String::new();
    for n in first..first + items {
        let place = n - first + 1;
        let (who, when, what) = (pick(&WHO, n, 1), pick(&WHEN, n, 2), pick(&WHAT, n, 3));
        let (then, ask) = (pick(&THEN, n, 4), pick(&ASK, n, 5));
        let most = n % 997 + 3;
        writeln!(text, "{place}. {who}{when}{what}{n}件，{then}，{ask}（　）").unwrap();
        writeln!(text, "A. {n}件\nB. {most}件\nC. {}件\nD. 不能确定\n答案：B\n", n + most).unwrap();
    }
    text
}

/// One of several words, spread over the items.
fn pick(words: &[&'static str], n: u32, slot: u32) -> &'static str {
    let spread = n.wrapping_mul(2_654_435_761).rotate_left(slot * 5).wrapping_mul(2_246_822_519);
    words[(spread >> 16) as usize % words.len()]
}

/// What is looked for: words of many items, of few, of one, and of none.
pub(crate) const SOUGHT: [&str; 6] =
    ["合作社", "茶场 去年春季", "运出茶叶73519件", "求实际的总数", "没有验收，求", "这些字哪里都没有"];
