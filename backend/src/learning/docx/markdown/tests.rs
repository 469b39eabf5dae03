use super::*;
use crate::{learning::docx::model::*, platform::markdown::render};
use proptest::prelude::*;
use shared::media::picture_path;

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_owned(), look: Look::default() }
}

fn bold(words: &str) -> Inline {
    Inline::Text { text: words.to_owned(), look: Look { bold: true, ..Look::default() } }
}

fn item(list: &str, depth: usize, number: Option<u32>, words: &str) -> Block {
    Block::Item(Item { list: list.to_owned(), depth, number, is_lettered: false, inlines: vec![text(words)] })
}

fn written(blocks: &[Block]) -> String {
    lesson(blocks, 1, &Document::default(), &[]).markdown
}

#[track_caller]
fn check(inlines: Vec<Inline>, expected: &str) {
    assert_eq!(written(&[Block::Paragraph(inlines)]), expected);
}

#[test]
fn looks_are_told_and_cut_texts_are_one_again() {
    check(vec![text("　　这"), text("是"), bold("重"), bold("点 "), text("吗")], "这是**重点** 吗");
    check(vec![text("他说"), bold("“好”"), text("了")], "他说<b>“好”</b>了");
    let look = Look { raised: true, ..Look::default() };
    check(vec![text("m"), Inline::Text { text: "2".to_owned(), look }], "m<sup>2</sup>");
}

#[test]
fn letters_mean_themselves() {
    check(
        vec![text("# 5 * 3_4 <b> $x$ 3~5 [a] &lt; AT&T & co")],
        r"\# 5 \* 3\_4 \<b> \$x\$ 3\~5 \[a\] \&lt; AT\&T & co",
    );
    check(vec![text("1. 选择")], r"1\. 选择");
    check(vec![text("3.14"), Inline::Break, text("- x"), Inline::Break, text("-5")], "3.14\\\n\\- x\\\n-5");
    check(
        vec![text("看!"), Inline::Link { address: "https://a.cn/(x) y".to_owned(), inlines: vec![text("这里")] }],
        r"看\![这里](<https://a.cn/(x)%20y>)",
    );
}

#[test]
fn formulas_end_where_they_end() {
    let formula = |latex: &str| Inline::Formula { latex: latex.to_owned(), is_apart: false };
    check(vec![text("若"), formula("x"), formula("y"), text("2个")], "若$x$ $y$ 2个");
    check(vec![Inline::Formula { latex: "x".to_owned(), is_apart: true }], "$$x$$");
}

#[test]
fn lists_lie_within_each_other() {
    let blocks = [
        item("1", 0, Some(9), "九"),
        item("1", 0, Some(10), "十"),
        item("1", 1, None, "甲"),
        item("1", 0, Some(11), "十一"),
        item("2", 0, Some(1), "另"),
    ];
    assert_eq!(written(&blocks), "9. 九\n10. 十\n    - 甲\n11. 十一\n1) 另");
    let html = render(&written(&blocks));
    assert_eq!(
        (html.matches("<ol").count(), html.matches("<ul").count(), html.matches("<li>").count()),
        (2, 1, 5),
        "{html}"
    );
}

#[test]
fn a_table_has_a_header_and_as_many_columns_as_its_widest_row() {
    let cell = |words: &str, columns| Cell { inlines: vec![text(words)], columns };
    let rows = vec![vec![cell("a|b", 1)], vec![cell("c", 2), cell("d", 1)]];
    let table = written(&[Block::Table(rows)]);
    assert_eq!(table, "| a\\|b | | |\n| --- | --- | --- |\n| c | | d |");
    assert!(render(&table).contains("<th>a|b</th>"), "{}", render(&table));
}

#[test]
fn notes_are_counted_by_lesson() {
    let document = Document { notes: vec![vec![text("一")], vec![text("二")]], ..Document::default() };
    let blocks = [Block::Paragraph(vec![text("看"), Inline::Note(1), Inline::Note(0), Inline::Note(1)])];
    let lesson = lesson(&blocks, 1, &document, &[]);
    assert_eq!(lesson.markdown, "看[^1][^2][^1]\n\n[^1]: 二\n\n[^2]: 一");
}

#[test]
fn pictures_stand_where_they_have_an_address() {
    let picture = |words: &str| Picture { part: String::new(), words: words.to_owned(), place: Place::default() };
    let document = Document { pictures: vec![picture("两个[圆]"), picture("")], ..Document::default() };
    let address = picture_path(&"0".repeat(64));
    let blocks = [Block::Paragraph(vec![Inline::Picture(0), Inline::Picture(1)])];
    let lesson = lesson(&blocks, 1, &document, &[Some(address.clone()), None]);
    assert_eq!((lesson.markdown, lesson.pictures), (format!("![两个圆]({address})"), vec![0]));
}

proptest! {
    #[test]
    fn a_text_is_shown_as_it_was(words in "[ -~一二三“”（）]{1,40}") {
        let html = render(&written(&[Block::Paragraph(vec![text(&words)])]));
        let shown = html.replace("<p>", "").replace("</p>", "").replace("&lt;", "<").replace("&gt;", ">");
        let shown = shown.replace("&quot;", "\"").replace("&nbsp;", " ").replace("&amp;", "&");
        let once = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(once(&shown), once(&words));
    }
}
