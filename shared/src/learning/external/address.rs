//! Addresses of tools.

/// Characters of an address.
pub const MAX_ADDRESS_CHARS: usize = 2_000;

/// Whether a text is an address to which a learner's browser may be sent: encrypted, with a host, without a name or
/// password before it and without a fragment.
pub(super) fn is_web_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let is_plain = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '\\' | '#');
    let is_of_host = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']');
    text.chars().all(is_plain)
        && host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && host.chars().all(is_of_host)
}
