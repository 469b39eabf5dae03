//! `Range`: a part of something large that never changes (RFC 9110 §14).

use super::conditional::is_known;
use actix_web::{
    HttpRequest,
    http::header::{self, HeaderValue},
};

/// What of it a request wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: the client has it.
    Known,
    /// All of it.
    Whole,
    /// The bytes from the first to the last, both of them too.
    Part(u64, u64),
    /// What lies behind its end.
    Beyond,
}

/// What a request wants of something with this strong `tag`, in quotes, and so many bytes. Several ranges at once, or
/// one that cannot be read, are answered with the whole, as the RFC allows.
pub fn wanted(request: &HttpRequest, tag: &str, length: u64) -> Wanted {
    if is_known(request, tag) {
        return Wanted::Known;
    }
    let headers = request.headers();
    // Of an older one the client asks for all.
    let is_this = |seen: &HeaderValue| seen.to_str().is_ok_and(|seen| seen.trim() == tag);
    let is_of_this = headers.get(header::IF_RANGE).is_none_or(is_this);
    let range = headers.get(header::RANGE).filter(|_| is_of_this).and_then(|value| value.to_str().ok());
    range.map_or(Wanted::Whole, |range| of_range(range, length))
}

fn of_range(range: &str, length: u64) -> Wanted {
    let (unit, bounds) = range.trim().split_once('=').unwrap_or_default();
    let bounds = bounds.split_once('-').filter(|_| unit.eq_ignore_ascii_case("bytes"));
    let Some((first, last)) = bounds else { return Wanted::Whole };
    let (first, last) = (number(first), number(last));
    match (first, last) {
        (Bound::Number(first), Bound::Number(last)) if last < first => Wanted::Whole,
        (Bound::Number(first), Bound::None | Bound::Number(_)) if first >= length => Wanted::Beyond,
        (Bound::Number(first), Bound::None) => Wanted::Part(first, length - 1),
        (Bound::Number(first), Bound::Number(last)) => Wanted::Part(first, last.min(length - 1)),
        (Bound::None, Bound::Number(0)) => Wanted::Beyond,
        (Bound::None, Bound::Number(_)) if length == 0 => Wanted::Beyond,
        (Bound::None, Bound::Number(end)) => Wanted::Part(length.saturating_sub(end), length - 1),
        _ => Wanted::Whole,
    }
}

/// One side of a range.
enum Bound {
    None,
    Number(u64),
    Unreadable,
}

fn number(text: &str) -> Bound {
    match text.trim() {
        "" => Bound::None,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Bound::Number(digits.parse().unwrap_or(u64::MAX)),
        _ => Bound::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Wanted::{self, Beyond, Part, Whole},
        wanted,
    };
    use actix_web::{http::header::HeaderValue, test::TestRequest};

    fn check(headers: &[(&str, &str)], expected: Wanted) {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.append_header(*header));
        assert_eq!(wanted(&request.to_http_request(), "\"a\"", 100), expected, "{headers:?}");
    }

    #[test]
    fn a_range_is_answered_as_the_rfc_says() {
        for (range, expected) in [
            ("bytes=0-", Part(0, 99)),
            ("bytes=0-0", Part(0, 0)),
            ("bytes=10-19", Part(10, 19)),
            ("bytes=90-1000", Part(90, 99)),
            ("bytes=-10", Part(90, 99)),
            ("bytes=-1000", Part(0, 99)),
            ("bytes=99999999999999999999999-", Beyond),
            ("bytes=100-", Beyond),
            ("bytes=-0", Beyond),
            ("Bytes=0-0", Part(0, 0)),
            ("bytes=20-10", Whole),
            ("bytes=200-100", Whole),
            ("bytes=200-x", Whole),
            ("bytes=0-1,5-6", Whole),
            ("bytes=-", Whole),
            ("bytes=a-b", Whole),
            ("lines=0-1", Whole),
        ] {
            check(&[("range", range)], expected);
        }
        check(&[], Whole);
    }

    #[test]
    fn a_part_of_another_version_is_the_whole() {
        let range = ("range", "bytes=10-19");
        check(&[range, ("if-range", "\"a\"")], Part(10, 19));
        for older in ["\"b\"", "W/\"a\"", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            check(&[range, ("if-range", older)], Whole);
        }
        check(&[range, ("if-none-match", "\"a\"")], Wanted::Known);
        let unreadable = HeaderValue::from_bytes(b"\"\xe9\"").unwrap();
        let request = TestRequest::default().append_header(range).append_header(("if-range", unreadable));
        assert_eq!(wanted(&request.to_http_request(), "\"a\"", 100), Whole);
    }
}
