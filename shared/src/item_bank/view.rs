//! What a candidate may see of an item.

use super::{
    EssayLength, Item, ItemBody, ItemKind, MultipleRule,
    composite::{Child, PartView},
    hot_text,
    inline_choice::{one_line, pieces},
};
use serde::{Deserialize, Serialize};

/// What a candidate or learner may see of an item: **no key, no explanation**.
///
/// [`Item::for_candidate`] is the only bridge, and in a lesson [`Item::for_learner`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemView {
    /// The kind.
    pub kind: ItemKind,
    /// The stem as HTML that the server sanitised, formulas as MathML; empty where it comes in pieces.
    pub stem_html: String,
    /// What can be chosen as HTML, in the author's order: the options of a choice, the right side of a matching, the
    /// lines to be put in order, the words of all menus, the columns of a table, the words within the stem.
    pub options_html: Vec<String>,
    /// How many blanks there are; 0 unless a fill-in or a calculation.
    pub blanks: u16,
    /// Whether some of the right options are worth something where nothing is wrong.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_partial: bool,
    /// Whether a number, or one of several, needs its unit.
    #[serde(default, skip_serializing_if = "is_false")]
    pub wants_unit: bool,
    /// The left side of a matching, the rows of a table, or what is computed in each step, as HTML.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lefts_html: Vec<String>,
    /// The stem before, between and after its menus, or the words that can be chosen in it, as HTML.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces_html: Vec<String>,
    /// How long an essay should be.
    #[serde(default, skip_serializing_if = "EssayLength::is_free")]
    pub length: EssayLength,
    /// The questions on a material.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartView>,
    /// How many words each menu has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub menus: Vec<u16>,
}

/// For what is told only where it is so.
const fn is_false(value: &bool) -> bool {
    !*value
}

impl ItemView {
    /// Whether a person marks it, or a question of it.
    #[must_use]
    pub fn is_marked_by_person(&self) -> bool {
        let is_written = matches!(self.kind, ItemKind::ShortAnswer | ItemKind::Essay);
        is_written || self.parts.iter().any(|part| part.view.is_marked_by_person())
    }
}

impl Item {
    /// What a candidate may see. `render` turns Markdown into sanitised HTML.
    #[must_use]
    pub fn for_candidate(&self, render: impl Fn(&str) -> String) -> ItemView {
        view_of(&self.stem, &self.body, &render, &render)
    }

    /// The same in a lesson: `words` draws what can be chosen, in which nothing may be played.
    #[must_use]
    pub fn for_learner(&self, render: impl Fn(&str) -> String, words: impl Fn(&str) -> String) -> ItemView {
        view_of(&self.stem, &self.body, &render, &words)
    }
}

/// Turns Markdown into sanitised HTML.
type Render<'r> = &'r dyn Fn(&str) -> String;

/// What may be seen of a stem and what is asked for.
fn view_of(stem: &str, body: &ItemBody, render: Render<'_>, words: Render<'_>) -> ItemView {
    let html = |texts: &[String]| texts.iter().map(|text| words(&one_line(text))).collect::<Vec<_>>();
    let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let in_pieces = matches!(body, ItemBody::InlineChoice { .. } | ItemBody::HotText { .. });
    let mut view = ItemView {
        kind: body.kind(),
        stem_html: if in_pieces { String::new() } else { render(stem) },
        options_html: Vec::new(),
        blanks: 0,
        is_partial: false,
        wants_unit: false,
        lefts_html: Vec::new(),
        pieces_html: Vec::new(),
        menus: Vec::new(),
        length: EssayLength::default(),
        parts: Vec::new(),
    };
    match body {
        ItemBody::SingleChoice { options, .. } => view.options_html = html(options),
        ItemBody::MultipleChoice { options, rule, .. } => {
            (view.options_html, view.is_partial) = (html(options), *rule == MultipleRule::PartialNoWrong);
        }
        ItemBody::FillIn { blanks, .. } => view.blanks = number(blanks.len()),
        ItemBody::TrueFalse { .. } | ItemBody::ShortAnswer { .. } | ItemBody::Correction { .. } => {}
        ItemBody::Calculation { steps } => {
            view.lefts_html = steps.iter().map(|step| words(&one_line(&step.label))).collect();
            view.blanks = number(steps.len());
            view.wants_unit = steps.iter().any(|step| !step.units.is_empty());
        }
        ItemBody::Composite { children } => {
            let seen = |child: &Child| PartView {
                percent: child.percent,
                view: view_of(&child.stem, &child.body, render, words),
            };
            view.parts = children.iter().map(seen).collect();
        }
        ItemBody::Essay { length, .. } => view.length = *length,
        ItemBody::Numeric { units, .. } => view.wants_unit = !units.is_empty(),
        ItemBody::Matching { lefts, rights, .. } => {
            (view.lefts_html, view.options_html) = (html(lefts), html(rights));
        }
        ItemBody::Matrix { rows, columns, .. } => {
            (view.lefts_html, view.options_html) = (html(rows), html(columns));
        }
        ItemBody::HotText { rule, .. } => {
            view.pieces_html = hot_text::pieces(stem).iter().map(|piece| render(piece)).collect();
            view.options_html = html(&hot_text::hot_words(stem));
            view.is_partial = *rule == MultipleRule::PartialNoWrong;
        }
        ItemBody::Ordering { lines, .. } => view.options_html = html(lines),
        ItemBody::InlineChoice { menus, .. } => {
            view.pieces_html = pieces(stem).iter().map(|piece| render(piece)).collect();
            view.options_html = html(&menus.concat());
            view.menus = menus.iter().map(|menu| number(menu.len())).collect();
        }
    }
    view
}
