//! What is right, as the item itself says when it is asked: its rules are run for every answer that may be given.

use super::{
    Processor, Responses,
    body::{Body, Interaction, Kind},
    value::{Atom, Cardinality},
};
use crate::item_bank::{ItemBody, MultipleRule, OPTION_COUNT, markdown::Losses, xml::Element};

/// Elements that may be gone through to find one key.
const MAX_WORK: usize = 500_000;
/// Answers that are tried for one blank.
const MAX_TRIES: usize = 50;
/// Points that make no difference.
const NOTHING: f64 = 1e-9;
/// An answer that nobody gives.
const NOBODY: &str = "\u{e001}";
/// Elements that take more answers than can be listed.
const OPEN_ENDED: &[&str] = &["patternMatch", "equalRounded", "substring", "customOperator"];

/// The kind and the key of an item.
///
/// # Errors
/// The code of what is missing or cannot be told here.
pub(super) fn item_body(
    body: &Body,
    processor: &Processor,
    root: &Element,
    losses: &mut Losses,
) -> Result<ItemBody, &'static str> {
    let search = Search { processor, root, losses };
    if let [Interaction { kind: Kind::ExtendedText, .. }] = body.interactions.as_slice() {
        return Ok(ItemBody::ShortAnswer { rubric: body.rubric.clone() });
    }
    if !body.rubric.is_empty() {
        search.losses.note(body.rubric_line, "left_out", "rubricBlock");
    }
    match body.interactions.as_slice() {
        [] => Err("no_interaction"),
        [choice] if choice.kind == Kind::Choice => search.choice(choice),
        blanks if blanks.iter().all(|blank| blank.kind == Kind::TextEntry) => search.blanks(blanks),
        _ => Err("several_interactions"),
    }
}

struct Search<'s> {
    processor: &'s Processor,
    root: &'s Element,
    losses: &'s mut Losses,
}

impl Search<'_> {
    fn choice(mut self, choice: &Interaction) -> Result<ItemBody, &'static str> {
        let count = choice.options.len();
        if count > *OPTION_COUNT.end() {
            return Err("too_many_options");
        }
        let variable = self.processor.machine.variables.get(&choice.response).ok_or("no_key")?;
        let is_single = variable.cardinality == Cardinality::Single;
        let declared = sum(variable.correct.atoms().iter().map(|atom| bit(choice, atom)));
        let sets: Vec<u16> = match is_single {
            true => (0..count).map(|place| 1 << place).collect(),
            false => (1..1_u16 << count).collect(),
        };
        let key = match self.scores(choice, &sets) {
            Some(scores) => key(&sets, &scores, declared, is_single)?,
            None => (declared.ok_or("no_key")?, false),
        };
        if key.1 {
            self.losses.note(choice.line, "scored_otherwise", "responseProcessing");
        }
        let options = choice.options.iter().map(|option| option.text.clone()).collect();
        let mut places = (0..16_u16).filter(|place| key.0 & (1 << place) != 0);
        if !is_single {
            return Ok(ItemBody::MultipleChoice { options, key: places.collect(), rule: MultipleRule::default() });
        }
        match (places.next(), places.next()) {
            (Some(key), None) => Ok(ItemBody::SingleChoice { options, key }),
            (Some(_), Some(_)) => Err("several_keys"),
            (None, _) => Err("no_key"),
        }
    }

    /// The points of each set of options; `None` if the item does not say.
    fn scores(&mut self, choice: &Interaction, sets: &[u16]) -> Option<Vec<f64>> {
        let mut scores = Vec::with_capacity(sets.len());
        for set in sets {
            let chosen = choice.options.iter().enumerate().filter(|(place, _)| set & (1 << place) != 0);
            let chosen = chosen.map(|(_, option)| option.identifier.clone()).collect();
            let responses = Responses::from([(choice.response.clone(), chosen)]);
            scores.push(self.score(&responses, sets.len())?);
        }
        self.known(scores.iter().any(|score| *score > NOTHING)).then_some(scores)
    }

    /// The points for responses, if the item says; `runs` is how often it will be asked.
    fn score(&mut self, responses: &Responses, runs: usize) -> Option<f64> {
        let rules = match &self.processor.rules {
            Ok(rules) => rules.as_ref()?,
            Err(misfit) => {
                self.losses.note(misfit.line, "not_computed", &misfit.name);
                return None;
            }
        };
        if rules.size().saturating_mul(runs) > MAX_WORK {
            self.losses.note(rules.line, "not_computed", "responseProcessing");
            return None;
        }
        match self.processor.score(responses) {
            Ok(score) => Some(score.filter(|score| score.is_finite()).unwrap_or(0.0)),
            Err(misfit) => {
                self.losses.note(misfit.line, "not_computed", &misfit.name);
                None
            }
        }
    }

    /// Notes that the rules of an item give nobody points.
    fn known(&mut self, is_known: bool) -> bool {
        if !is_known {
            self.losses.note(self.root.line, "not_computed", "responseProcessing");
        }
        is_known
    }

    fn blanks(mut self, blanks: &[Interaction]) -> Result<ItemBody, &'static str> {
        let mut tried = Vec::with_capacity(blanks.len());
        let mut right = Responses::new();
        for blank in blanks {
            let answers = self.answers(blank);
            let first = answers.first().ok_or("no_key")?.clone();
            right.insert(blank.response.clone(), vec![first]);
            tried.push(answers);
        }
        let runs = tried.iter().map(|answers| 3 * answers.len()).sum();
        let best = self.score(&right, runs).filter(|best| *best > NOTHING);
        let has_rules = !matches!(self.processor.rules, Ok(None));
        self.known(best.is_some() || !has_rules);
        let mut accepted = Vec::with_capacity(blanks.len());
        for (blank, answers) in blanks.iter().zip(tried) {
            accepted.push(match best {
                Some(best) => self.accepted(blank, answers, &right, best),
                None => answers.into_iter().take(1).collect(),
            });
        }
        self.note_open_ended();
        Ok(ItemBody::FillIn { blanks: accepted, groups: Vec::new() })
    }

    /// Notes the elements that take more answers than were tried, each once.
    fn note_open_ended(&mut self) {
        let Ok(Some(rules)) = &self.processor.rules else { return };
        let is_open = |element: &Element| match element.name.as_str() {
            "equal" => element.attribute("toleranceMode").is_some_and(|mode| mode != "exact"),
            name => OPEN_ENDED.contains(&name),
        };
        for name in OPEN_ENDED.iter().chain(&["equal"]) {
            if let Some(element) = rules.find(&|element| element.name == *name && is_open(element)) {
                self.losses.note(element.line, "scored_otherwise", name);
            }
        }
    }

    /// What may be right in a blank: what is called so, what is worth points, and what it is compared with.
    fn answers(&self, blank: &Interaction) -> Vec<String> {
        let Some(variable) = self.processor.machine.variables.get(&blank.response) else { return Vec::new() };
        let mut answers: Vec<String> = variable.correct.atoms().iter().filter_map(written).collect();
        if let Some(mapping) = &variable.mapping {
            let mut keys: Vec<_> = mapping.entries.iter().filter(|(_, worth, _)| *worth > NOTHING).collect();
            keys.sort_by(|(_, own, _), (_, other, _)| other.total_cmp(own));
            answers.extend(keys.into_iter().filter_map(|(key, _, _)| written(key)));
        }
        let mut compared = Vec::new();
        if let Ok(Some(rules)) = &self.processor.rules {
            rules.find_all(&|name| name == "baseValue", &mut compared);
        }
        let is_text = |value: &&Element| value.attribute("baseType").is_some_and(|base| base == "string");
        answers.extend(compared.into_iter().filter(is_text).map(Element::text));
        let mut each: Vec<String> = Vec::new();
        for answer in answers.into_iter().map(|answer| answer.trim().to_owned()) {
            if !answer.is_empty() && !each.contains(&answer) && each.len() < MAX_TRIES {
                each.push(answer);
            }
        }
        each
    }

    /// The answers for which a blank gives all of its points while the others are right.
    fn accepted(&mut self, blank: &Interaction, answers: Vec<String>, right: &Responses, best: f64) -> Vec<String> {
        let mut with = |answer: &str| {
            let mut responses = right.clone();
            responses.insert(blank.response.clone(), vec![answer.to_owned()]);
            self.score(&responses, 1).unwrap_or_default()
        };
        let without = with(NOBODY);
        let (mut accepted, mut is_partial, mut is_exact) = (Vec::new(), false, false);
        for answer in answers {
            let score = with(&answer);
            if score < best - NOTHING {
                is_partial |= score > without + NOTHING;
                continue;
            }
            let other = if answer.to_lowercase() == answer { answer.to_uppercase() } else { answer.to_lowercase() };
            is_exact |= other != answer && with(&other) < best - NOTHING;
            accepted.push(answer);
        }
        if is_partial {
            self.losses.note(blank.line, "scored_otherwise", "responseProcessing");
        }
        if is_exact {
            self.losses.note(blank.line, "case_matters", "");
        }
        accepted
    }
}

/// The set that is right, and whether others are worth something as well.
fn key(sets: &[u16], scores: &[f64], declared: Option<u16>, is_single: bool) -> Result<(u16, bool), &'static str> {
    let best = scores.iter().copied().fold(0.0, f64::max);
    let top: Vec<u16> =
        sets.iter().zip(scores).filter(|(_, score)| **score >= best - NOTHING).map(|(set, _)| *set).collect();
    let is_partial = scores.iter().any(|score| *score > NOTHING && *score < best - NOTHING);
    if is_single && is_partial {
        return Err("partial_weight");
    }
    let key = match declared {
        Some(declared) if is_single && declared.count_ones() > 1 => return Err("several_keys"),
        Some(declared) if !top.contains(&declared) => return Err("key_conflict"),
        Some(declared) if !is_single => declared,
        _ => {
            let fewest = top.iter().map(|set| set.count_ones()).min().unwrap_or_default();
            let mut few = top.iter().filter(|set| set.count_ones() == fewest);
            match (few.next(), few.next()) {
                (Some(key), None) => *key,
                _ => return Err("several_keys"),
            }
        }
    };
    Ok((key, is_partial || top.len() > 1))
}

/// The option that a value names, as a set.
fn bit(choice: &Interaction, atom: &Atom) -> Option<u16> {
    let Atom::Text(identifier) = atom else { return None };
    let place = choice.options.iter().position(|option| option.identifier == *identifier)?;
    Some(1 << place)
}

/// All of them together; `None` if there are none, or one of them is none.
fn sum(mut bits: impl Iterator<Item = Option<u16>>) -> Option<u16> {
    bits.try_fold(0, |set, bit| bit.map(|bit| set | bit)).filter(|set| *set > 0)
}

fn written(atom: &Atom) -> Option<String> {
    match atom {
        Atom::Text(text) => Some(text.clone()),
        Atom::Integer(number) => Some(number.to_string()),
        Atom::Float(number) => Some(number.to_string()),
        Atom::Boolean(_) | Atom::Pair { .. } | Atom::Point(..) => None,
    }
}
