//! A text that a camera reads.

use leptos::prelude::*;
use qrcode::{Color, QrCode as Code};

/// Modules of white around the code, as the standard asks for.
const MARGIN: usize = 4;

/// The code as a drawing, black on white in every light; nothing if the text is too long for one.
#[component]
pub fn QrCode(
    /// What the camera reads.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| text.with(|text| draw(text)));
    move || {
        drawn.get().map(|(side, path)| {
            view! {
                <svg
                    class="qr"
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label=move || label.get()
                    shape-rendering="crispEdges"
                >
                    <rect width="100%" height="100%" fill="#fff" />
                    <path d=path fill="#000" />
                </svg>
            }
        })
    }
}

/// The width of the drawing in modules, and its dark modules as one path.
fn draw(text: &str) -> Option<(usize, String)> {
    let code = Code::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.into_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + MARGIN, at / width + MARGIN));
        }
    }
    Some((width + 2 * MARGIN, path))
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_short_text_has_a_small_code_and_an_endless_one_none() {
        let (side, path) = draw("a").expect("a code");
        assert_eq!(side, 21 + 8);
        assert!(path.starts_with("M4 4h1v1h-1z"), "the corner is dark");
        assert_eq!(draw(&"长".repeat(4_000)), None);
    }
}
