//! What is right, as the item itself says when it is asked: its rules are run for every answer that may be given.

mod figures;
mod orders;
mod pairs;
mod verdict;

use super::{
    Processor, Responses,
    body::{Body, Interaction, Kind},
    value::{Atom, Cardinality},
};
use crate::item_bank::{
    ItemBody, MultipleRule, OPTION_COUNT,
    blanks::unify,
    markdown::Losses,
    xml::{Element, Node},
};

/// Elements that may be gone through to find one key.
const MAX_WORK: usize = 500_000;
/// Elements that a regular expression takes as long as.
const PATTERN_WORK: usize = 100;
/// Elements that a look into what a variable declares takes as long as.
const LOOK_UP_WORK: usize = 20;
/// Bytes of a text that take as long as an element.
const BYTES_A_WORK: usize = 16;
/// How often the answers to all blanks are tried: to find the best, and to see that there is none better.
const ROUNDS: usize = 2;
/// Answers that are tried for one blank.
const MAX_TRIES: usize = 50;
/// Points that make no difference.
const NOTHING: f64 = 1e-9;
/// An answer that nobody gives.
const NOBODY: &str = "\u{e001}";
/// Elements that take more answers than can be listed.
const OPEN_ENDED: &[&str] = &["patternMatch", "equalRounded", "substring", "customOperator"];

/// The stem of an item, its kind and its key.
///
/// # Errors
/// The code of what is missing or cannot be told here.
pub(super) fn item_body(
    body: &Body,
    processor: &Processor,
    root: &Element,
    losses: &mut Losses,
) -> Result<(String, ItemBody), &'static str> {
    let stem = unify(&body.stem);
    let search = Search { processor, root, losses, work: work_of_a_run(processor, root) };
    if let [Interaction { kind: Kind::ExtendedText, .. }] = body.interactions.as_slice() {
        return Ok((stem, ItemBody::ShortAnswer { rubric: body.rubric.clone() }));
    }
    if !body.rubric.is_empty() {
        search.losses.note(body.rubric_line, "left_out", "rubricBlock");
    }
    if let Some(of_numbers) = figures::read(&body.interactions, root, &stem) {
        return Ok(of_numbers);
    }
    let are_all = |kind: Kind| body.interactions.iter().all(|asked| asked.kind == kind);
    let key = match body.interactions.as_slice() {
        [] => Err("no_interaction"),
        [choice] if choice.kind == Kind::Choice => search.choice(choice),
        [pairs] if pairs.kind == Kind::Match => search.pairs(pairs),
        [lines] if lines.kind == Kind::Order => search.order(lines),
        [hot] if hot.kind == Kind::HotText => search.choice(hot).map(as_hot_text),
        [choice, entry] if verdict::is_judged(choice, entry) => return search.verdict(&stem, (choice, entry)),
        menus if are_all(Kind::InlineChoice) => search.menus(menus),
        blanks if are_all(Kind::TextEntry) => search.blanks(blanks),
        _ => Err("several_interactions"),
    };
    Ok((stem, key?))
}

/// The same choice among the words of a text.
fn as_hot_text(choice: ItemBody) -> ItemBody {
    match choice {
        ItemBody::SingleChoice { key, .. } => ItemBody::HotText { key: vec![key], rule: MultipleRule::default() },
        ItemBody::MultipleChoice { key, rule, .. } => ItemBody::HotText { key, rule },
        other => other,
    }
}

struct Search<'s> {
    processor: &'s Processor,
    root: &'s Element,
    losses: &'s mut Losses,
    /// Elements that one run goes through.
    work: usize,
}

/// Answers that one blank may take, each once.
#[derive(Default)]
struct Answers {
    each: Vec<String>,
    /// How many of them, from the first, are called right.
    keys: usize,
    /// How many of them, from the first, are called right or said to be worth points.
    declared: usize,
}

impl Answers {
    fn add(&mut self, answers: impl Iterator<Item = String>) {
        for answer in answers.map(|answer| answer.trim().to_owned()) {
            if !answer.is_empty() && !self.each.contains(&answer) && self.each.len() < MAX_TRIES {
                self.each.push(answer);
            }
        }
    }
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
        if self.work.saturating_mul(runs) > MAX_WORK {
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
            let first = answers.each.first().ok_or("no_key")?.clone();
            right.insert(blank.response.clone(), vec![first]);
            tried.push(answers);
        }
        let runs = tried.iter().map(|answers| (ROUNDS + 3) * answers.each.len()).sum();
        let best = match self.score(&right, runs) {
            Some(first) => Some(self.climb(blanks, &tried, &mut right, first)?).filter(|best| *best > NOTHING),
            None => None,
        };
        let has_rules = !matches!(self.processor.rules, Ok(None));
        self.known(best.is_some() || !has_rules);
        let mut accepted = Vec::with_capacity(blanks.len());
        for (blank, answers) in blanks.iter().zip(tried) {
            let without = best.map_or(0.0, |_| self.points_with(&right, blank, NOBODY));
            let is_scored = |best: &f64| without < *best - NOTHING;
            if best.is_some_and(|best| !is_scored(&best)) {
                self.losses.note(blank.line, "scored_otherwise", "responseProcessing");
            }
            accepted.push(match best.filter(is_scored) {
                Some(best) => self.accepted(blank, answers.each, &right, (best, without)),
                None if answers.declared == 0 => return Err("no_key"),
                None => answers.each.into_iter().take(1).collect(),
            });
        }
        self.note_open_ended();
        Ok(ItemBody::FillIn { blanks: accepted, groups: Vec::new() })
    }

    /// Puts the answers together that give the most points, a blank at a time, and gives those points.
    ///
    /// # Errors
    /// `key_conflict` if what an item calls right is worth less than something else; `no_key` if there is no end.
    fn climb(
        &mut self,
        blanks: &[Interaction],
        tried: &[Answers],
        right: &mut Responses,
        first: f64,
    ) -> Result<f64, &'static str> {
        let mut best = first;
        for _ in 0..ROUNDS {
            let before = best;
            for (blank, answers) in blanks.iter().zip(tried) {
                for (place, answer) in answers.each.iter().enumerate() {
                    let points = self.points_with(right, blank, answer);
                    if points <= best + NOTHING {
                        continue;
                    }
                    if answers.keys > 0 && place >= answers.keys {
                        return Err("key_conflict");
                    }
                    right.insert(blank.response.clone(), vec![answer.clone()]);
                    best = points;
                }
            }
            if best <= before + NOTHING {
                return Ok(best);
            }
        }
        Err("no_key")
    }

    /// The points when one blank has another answer.
    fn points_with(&mut self, right: &Responses, blank: &Interaction, answer: &str) -> f64 {
        let mut responses = right.clone();
        responses.insert(blank.response.clone(), vec![answer.to_owned()]);
        self.score(&responses, 1).unwrap_or_default()
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
    fn answers(&self, blank: &Interaction) -> Answers {
        let mut answers = Answers::default();
        let Some(variable) = self.processor.machine.variables.get(&blank.response) else { return answers };
        answers.add(variable.correct.atoms().iter().filter_map(written));
        answers.keys = answers.each.len();
        if let Some(mapping) = &variable.mapping {
            let mut keys: Vec<_> = mapping.entries.iter().filter(|(_, worth, _)| *worth > NOTHING).collect();
            keys.sort_by(|(_, own, _), (_, other, _)| other.total_cmp(own));
            answers.add(keys.into_iter().filter_map(|(key, _, _)| written(key)));
        }
        answers.declared = answers.each.len();
        let mut compared = Vec::new();
        if let Ok(Some(rules)) = &self.processor.rules {
            rules.find_all(&|name| name == "baseValue", &mut compared);
        }
        let is_text = |value: &&Element| value.attribute("baseType").is_some_and(|base| base == "string");
        answers.add(compared.into_iter().filter(is_text).map(Element::text));
        answers
    }

    /// The answers for which a blank gives all of its points while the others are right.
    fn accepted(
        &mut self,
        blank: &Interaction,
        answers: Vec<String>,
        right: &Responses,
        (best, without): (f64, f64),
    ) -> Vec<String> {
        let mut with = |answer: &str| self.points_with(right, blank, answer);
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

/// How many elements one run goes through: the rules, and the variables that they begin with.
fn work_of_a_run(processor: &Processor, root: &Element) -> usize {
    let rules = processor.rules.as_ref().ok().and_then(Option::as_ref);
    let declared = root.elements().filter(|element| element.name.ends_with("Declaration"));
    declared.chain(rules).map(work).fold(0, usize::saturating_add)
}

/// As how many elements one counts with all in it.
fn work(element: &Element) -> usize {
    let own = match element.name.as_str() {
        "patternMatch" => PATTERN_WORK,
        "mapResponse" | "mapResponsePoint" | "lookupOutcomeValue" => LOOK_UP_WORK,
        _ => 1,
    };
    let inner = element.nodes.iter().map(|node| match node {
        Node::Element(element) => work(element),
        Node::Text(text) => text.trim().len() / BYTES_A_WORK,
    });
    inner.fold(own, usize::saturating_add)
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
