//! How an item did in a test, by the classical theory of tests: how hard it was, how well it told the strong from the
//! weak, and what was chosen (Crocker and Algina, "Introduction to Classical and Modern Test Theory", 14).

use super::{ItemBody, Response};
use crate::points::Points;

/// A whole, in thousandths.
const WHOLE: i128 = 1_000;
/// Makes roots of small numbers exact enough.
const FINE: u128 = 1_000_000;

/// What one candidate got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Points of the item.
    pub points: Points,
    /// Points of the whole paper, the item among them.
    pub total: Points,
}

/// How hard an item was: the points that candidates got as a share of those that it is worth, in thousandths, rounded.
/// A hard item has a small number. `None` without candidates, or of an item that is worth nothing.
#[must_use]
pub fn difficulty(attempts: &[Attempt], max: Points) -> Option<u16> {
    let got: i128 = attempts.iter().map(|attempt| i128::from(attempt.points.0)).sum();
    let most = i128::from(max.0) * count(attempts);
    (most > 0).then(|| u16::try_from(rounded(got * WHOLE, most)).unwrap_or_default())
}

/// How well an item told the strong from the weak: the correlation of its points with those of the rest of the paper, in
/// thousandths, rounded. The item itself is left out of the total, with which it would go along by itself. `None` if
/// the points of the item or of the rest are the same for everybody: then nothing can be said.
#[must_use]
pub fn discrimination(attempts: &[Attempt]) -> Option<i16> {
    let own = |attempt: &Attempt| i128::from(attempt.points.0);
    let rest = |attempt: &Attempt| i128::from(attempt.total.0) - own(attempt);
    let sum = |of: &dyn Fn(&Attempt) -> i128| attempts.iter().map(of).sum::<i128>();
    let (own_sum, rest_sum) = (sum(&own), sum(&rest));
    let together = count(attempts) * sum(&|attempt: &Attempt| own(attempt) * rest(attempt)) - own_sum * rest_sum;
    let own_spread = count(attempts) * sum(&|attempt: &Attempt| own(attempt).pow(2)) - own_sum.pow(2);
    let rest_spread = count(attempts) * sum(&|attempt: &Attempt| rest(attempt).pow(2)) - rest_sum.pow(2);
    let spread = fine_root(own_spread.unsigned_abs(), rest_spread.unsigned_abs())?;
    let fine = i128::try_from(FINE).ok()?;
    i16::try_from(rounded(together * WHOLE * fine, spread)).ok()
}

/// The root of a product, times [`FINE`]; `None` if it is zero.
fn fine_root(one: u128, other: u128) -> Option<i128> {
    let product = one.checked_mul(other);
    let root = match product.and_then(|product| product.checked_mul(FINE * FINE)) {
        Some(fine) => fine.isqrt(),
        None => product.map_or_else(|| one.isqrt() * other.isqrt(), u128::isqrt) * FINE,
    };
    i128::try_from(root).ok().filter(|root| *root > 0)
}

/// How often each option was chosen, in the author's order, of a statement `true` first; empty for items without options.
#[must_use]
pub fn option_counts<'r>(body: &ItemBody, responses: impl Iterator<Item = Option<&'r Response>>) -> Vec<u32> {
    let options = match body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options.len(),
        ItemBody::TrueFalse { .. } | ItemBody::Correction { .. } => 2,
        _ => return Vec::new(),
    };
    let mut counts = vec![0; options];
    for option in responses.flatten().flat_map(chosen) {
        if let Some(count) = counts.get_mut(usize::from(option)) {
            *count += 1;
        }
    }
    counts
}

/// How many gave no answer, or took it back.
#[must_use]
pub fn unanswered<'r>(responses: impl Iterator<Item = Option<&'r Response>>) -> u32 {
    u32::try_from(responses.filter(|response| is_empty(*response)).count()).unwrap_or(u32::MAX)
}

fn is_empty(response: Option<&Response>) -> bool {
    match response {
        None | Some(Response::Cleared) => true,
        Some(Response::Multiple(options)) => options.is_empty(),
        Some(_) => false,
    }
}

fn chosen(response: &Response) -> Vec<u16> {
    match response {
        Response::Single(option) => vec![*option],
        Response::Multiple(options) => options.clone(),
        Response::TrueFalse(is_true) => vec![u16::from(!is_true)],
        Response::Judged(given) => vec![u16::from(!given.is_right)],
        _ => Vec::new(),
    }
}

fn count(attempts: &[Attempt]) -> i128 {
    i128::try_from(attempts.len()).unwrap_or(i128::MAX)
}

/// A share, half away from zero; `of` is more than zero.
const fn rounded(share: i128, of: i128) -> i128 {
    let half = if share < 0 { -of } else { of };
    (2 * share + half) / (2 * of)
}

#[cfg(test)]
mod tests;
