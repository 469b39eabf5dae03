//! What becomes of Markdown.

use super::{pictures_in, recordings_in, render, render_item, render_lesson, with_pictures, with_recordings};
use shared::media::{
    picture_path,
    recording::{RecordingKind, RecordingName, ShownRecording},
};

#[test]
fn formulas_become_mathml() {
    let html = render("若 $x^2 = 4$，则");
    assert!(html.contains("<msup>") && html.contains("<math"), "{html}");
}

#[test]
fn what_stands_behind_a_sign_without_width_begins_no_block() {
    for (text, html) in [(">", "&gt;"), ("- 3", "- 3"), ("1. 甲", "1. 甲"), ("# 乙", "# 乙"), ("---", "---")] {
        assert_eq!(render(&format!("\u{200b}{text}")).trim(), format!("<p>\u{200b}{html}</p>"));
    }
}

#[test]
fn headings_begin_below_that_of_the_page() {
    let html = render("### 一\n\n#### 二\n\n### 三");
    assert!(html.contains("<h2>一</h2>") && html.contains("<h3>二</h3>") && html.contains("<h2>三</h2>"), "{html}");
    assert!(render("# 一").contains("<h2>一</h2>"));
}

#[test]
fn nothing_that_acts_survives() {
    let html =
        render("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1))\n\n<b>好</b>");
    assert!(!html.contains("script") && !html.contains("onerror") && html.contains("<b>好</b>"), "{html}");
}

#[test]
fn only_our_pictures_are_shown() {
    let ours = picture_path(&"0123456789abcdef".repeat(4));
    let html = render(&format!("![两个圆]({ours})"));
    assert!(html.contains(&format!("src=\"{ours}\"")) && html.contains("alt=\"两个圆\""), "{html}");
    let html = render("前 ![图](https://example.org/x.png) 后 <img src=\"https://example.org/y.png\" alt=\"z\">");
    assert!(!html.contains("example.org") && html.contains("前 图 后"), "{html}");
}

#[test]
fn pictures_travel_within_the_text() {
    let hash = "0123456789abcdef".repeat(4);
    let html = render(&format!("![a]({})", picture_path(&hash)));
    assert_eq!(pictures_in(&html).collect::<Vec<_>>(), [hash.as_str()]);
    let html = with_pictures(&html, |found| (found == hash).then(|| "data:x".to_owned()));
    assert!(html.contains("src=\"data:x\"") && pictures_in(&html).next().is_none(), "{html}");
}

fn recording(kind: RecordingKind, poster: Option<String>) -> ShownRecording {
    ShownRecording { name: RecordingName { sha256: "a1".repeat(32), bytes: 12_345_678, kind }, poster }
}

#[test]
fn a_lesson_has_players_that_fetch_nothing_by_themselves() {
    let poster = "b2".repeat(32);
    let video = recording(RecordingKind::Mp4, Some(poster.clone()));
    let html = render_lesson(&format!("![怎样\"接\"线]({})", video.address()));
    for part in [
        format!("src=\"{}\"", video.name.path()),
        format!("poster=\"{}\"", picture_path(&poster)),
        "preload=\"none\"".to_owned(),
        "controls=\"\"".to_owned(),
        "playsinline=\"\"".to_owned(),
        "<span class=\"recording\">".to_owned(),
        "12.4 MB</small>".to_owned(),
    ] {
        assert!(html.contains(&part), "{part} is not in {html}");
    }
    assert!(html.contains("aria-label=\"怎样&quot;接&quot;线\""), "{html}");
    let html = render_lesson(&format!("![课文]({})", recording(RecordingKind::Mp3, None).address()));
    assert!(html.contains("<audio") && html.contains("preload=\"none\"") && !html.contains("poster"), "{html}");
}

#[test]
fn elsewhere_the_words_of_a_recording_stay() {
    let video = recording(RecordingKind::Mp4, None);
    let html = render(&format!("![怎样接线]({}) <video src=\"{}\"></video>", video.address(), video.name.path()));
    assert_eq!(html.trim(), "<p>怎样接线 </p>");
}

#[test]
fn sound_of_an_item_is_played_and_travels_within_the_text() {
    let sound = recording(RecordingKind::Mp3, None);
    let html = render_item(&format!(
        "听一听：![对话]({}) ![片]({})",
        sound.address(),
        recording(RecordingKind::Mp4, None).address()
    ));
    let path = sound.name.path();
    assert!(html.contains("<audio") && html.contains(&format!("src=\"{path}\"")), "{html}");
    assert!(html.contains("preload=\"none\"") && html.contains("controls=\"\""), "{html}");
    assert!(!html.contains("<video") && html.contains("片"), "{html}");
    assert_eq!(recordings_in(&html).collect::<Vec<_>>(), [sound.name]);
    let html = with_recordings(&html, |found| (found == path).then(|| "data:audio/mpeg;base64,AA".to_owned()));
    assert!(html.contains("src=\"data:audio/mpeg;base64,AA\"") && recordings_in(&html).next().is_none(), "{html}");
    assert!(!render_item("<audio src=\"https://example.org/x.mp3\"></audio>").contains("example.org"));
}

#[test]
fn only_our_recordings_play_and_never_by_themselves() {
    let ours = recording(RecordingKind::Webm, None).name.path();
    let html = render_lesson(&format!(
        "![片]({ours}x) <video src=\"https://example.org/x.mp4\" autoplay loop></video> \
         <video src=\"{ours}\" autoplay preload=\"auto\"></video><track src=\"/x\">"
    ));
    assert!(!html.contains("example.org") && !html.contains("autoplay") && !html.contains("auto\""), "{html}");
    assert!(!html.contains("track") && html.matches(&ours).count() == 1, "{html}");
}

#[test]
fn a_formula_that_cannot_be_read_stays_visible() {
    assert!(render(r"$\frac{1}$").contains("frac"));
}

/// The values of an attribute, in order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let begin = format!(" {attribute}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_footnote_is_reached_and_leads_back() {
    let html = render("水[^一]和盐[^一]，油[^b]。\n\n[^b]: 乙\n\n[^一]: 甲");
    let (ids, links) = (values(&html, "id"), values(&html, "href"));
    assert_eq!((ids.len(), links.len()), (5, 6), "{html}");
    for link in links {
        let found = ids.iter().filter(|id| link.strip_prefix('#') == Some(**id)).count();
        assert_eq!(found, 1, "{link} in {html}");
    }
    assert!(ids.iter().all(|id| id.is_ascii()), "no browser writes it otherwise than it is: {html}");
    assert_eq!(values(&render_item("水[^1]\n\n[^1]: 甲"), "id").len(), 2);
    assert_eq!(values(&render_lesson("水[^1]\n\n[^1]: 甲"), "id").len(), 2);
}

#[test]
fn footnotes_of_different_texts_do_not_meet_and_nothing_else_has_an_id() {
    let (one, other) = (render("水[^1]\n\n[^1]: 甲"), render("盐[^1]\n\n[^1]: 乙"));
    let known = values(&one, "id");
    assert!(values(&other, "id").iter().all(|id| !known.contains(id)), "{one} {other}");
    let html =
        render("<b id=\"main\">甲</b> <a id=\"fn-1\" href=\"#main\">乙</a>\n\n<ul><li id=\"toasts\">丙</li></ul>");
    assert!(values(&html, "id").is_empty() && html.contains("<b>甲</b>"), "{html}");
}
