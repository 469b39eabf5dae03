//! What becomes of HTML.

use super::*;
use crate::item_bank::html;
use proptest::prelude::*;

fn written(text: &str) -> (String, Vec<(String, String)>) {
    let mut losses = Losses::default();
    let markdown = markdown(&html::parse(text, 1).unwrap(), &mut losses, &mut |_, _| None);
    (markdown, losses.0.into_iter().map(|loss| (loss.code, loss.name)).collect())
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(written(text), (expected.to_owned(), vec![]), "{text}");
}

#[test]
fn paragraphs_breaks_and_looks() {
    check("<p>a <b>b</b>\n c</p><p>d<br>e</p>", "a **b** c\n\nd\\\ne");
    check("H<sub>2</sub>O, x<sup>2</sup>, <b>（甲）</b>", "H<sub>2</sub>O, x<sup>2</sup>, <b>（甲）</b>");
    check("<div><span>a<p>b</p></span></div>c", "a\n\nb\n\nc");
    check(
        "<h3>T</h3><blockquote><p>q</p><p>r</p></blockquote><hr><pre>a\n  b</pre>",
        "### T\n\n> q\n>\n> r\n\n---\n\n```\na\n  b\n```",
    );
}

#[test]
fn lists_and_tables() {
    check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n\n  - b\n- c");
    check("<ol><li><p>a</p><p>b</p></li><li>c</ol>", "1. a\n\n   b\n2. c");
    check("<table><tr><th>a|b</th><th>c</th></tr><tr><td>d</td></tr></table>", "| a\\|b | c |\n| --- | --- |\n| d | |");
}

#[test]
fn a_table_keeps_what_stands_over_it_and_never_grows() {
    check("<table><caption>T</caption><tr><td>a</td></tr></table>", "T\n\n| a |\n| --- |");
    let (text, losses) = written("<table><p>b</p><tr><td>a</td></tr></table>");
    assert_eq!((text.as_str(), losses), ("| a |\n| --- |", vec![("left_out".to_owned(), "p".to_owned())]));
    let wide = format!("<table><tr>{}</tr>{}</table>", "<td>a</td>".repeat(200), "<tr><td>b</td></tr>".repeat(200));
    let (text, losses) = written(&wide);
    assert_eq!(losses, [("left_out".to_owned(), "table".to_owned())]);
    assert!(text.starts_with("a\n\na") && text.ends_with("b\n\nb") && text.len() < 2_000);
}

#[test]
fn lines_of_a_style_are_kept() {
    check("a <span style=\"color: red; text-decoration: underline\">b</span>", "a <u>b</u>");
    check(
        "<font style=\"text-decoration-line: line-through\">a</font> <span style=\"color: red\">b</span>",
        "<s>a</s> b",
    );
    let (text, losses) = written("<span style=\"text-decoration: overline\">AB</span>");
    assert_eq!((text.as_str(), losses), ("AB", vec![("left_out".to_owned(), "style".to_owned())]));
}

#[test]
fn letters_say_themselves_and_blanks_stay() {
    check("a*b_c [d] $5 ______ 1&lt;2", "a\\*b\\_c \\[d\\] \\$5 ____ 1\\<2");
    check("<p>1. a</p><p># b</p><p>-1</p>", "1\\. a\n\n\\# b\n\n-1");
}

#[test]
fn formulas_are_fenced_as_here() {
    check("x \\(\\frac{1}{2}\\)2 and \\[a_1\\] and $$b$$", "x $\\frac{1}{2}$ 2 and $$a_1$$ and $b$");
    check("no \\( formula", "no \\\\( formula");
    check("$$a \\( b$$ and \\(c\\) and \\[d\\]", "$a \\( b$ and $c$ and $$d$$");
}

#[test]
fn what_has_no_place_is_told_by_its_name() {
    let (text, losses) =
        written("<p><img src=\"@@PLUGINFILE@@/a.png\" alt=\"two *\"> <a href=\"http://x\">b</a><video>c</video></p>");
    assert_eq!(text, "two \\* bc");
    let told = [("picture_left_out", "a.png"), ("link_left_out", "http://x"), ("left_out", "video")];
    assert_eq!(losses, told.map(|(code, name)| (code.to_owned(), name.to_owned())));
    assert_eq!(written(&"<i>\n<blink>x</blink></i>".repeat(MAX_LOSSES + 9)).1.len(), MAX_LOSSES + 1);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "(<(p|ul|li|table|tr|td|b|h1|pre|img|a href=x)>|</(p|ul|b|td)>|_|\\*|1\\.|\\$|\\\\\\(|`|甲|\\n| ){0,50}") {
        written(&text);
    }
}
