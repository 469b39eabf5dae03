//! Values of variables and expressions.

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseType {
    Boolean,
    DirectedPair,
    Duration,
    Float,
    Identifier,
    Integer,
    Pair,
    Point,
    /// Also addresses and the names of files.
    String,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cardinality {
    Single,
    Multiple,
    Ordered,
    Record,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    Boolean(bool),
    Integer(i64),
    /// Also durations, in seconds.
    Float(f64),
    /// Also identifiers, addresses and the names of files.
    Text(String),
    Pair {
        first: String,
        second: String,
        is_directed: bool,
    },
    Point(i64, i64),
}

/// What an expression comes to. A container that holds nothing, and a text without letters, are `Null`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    One(Atom),
    Multiple(Vec<Atom>),
    Ordered(Vec<Atom>),
    Record(Vec<(String, Atom)>),
}

impl BaseType {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "boolean" => Self::Boolean,
            "directedPair" => Self::DirectedPair,
            "duration" => Self::Duration,
            "float" => Self::Float,
            "identifier" | "intOrIdentifier" => Self::Identifier,
            "integer" => Self::Integer,
            "pair" => Self::Pair,
            "point" => Self::Point,
            "string" | "uri" | "file" => Self::String,
            _ => return None,
        })
    }

    /// The value that a text says; `None` if it says none of this type.
    pub(super) fn read(self, text: &str) -> Option<Atom> {
        match self {
            Self::Boolean => boolean(text).map(Atom::Boolean),
            Self::Duration => float(text).filter(|seconds| *seconds >= 0.0).map(Atom::Float),
            Self::Float => float(text).map(Atom::Float),
            Self::Identifier => (!text.trim().is_empty()).then(|| Atom::Text(text.trim().to_owned())),
            Self::Integer => integer(text).map(Atom::Integer),
            Self::Pair | Self::DirectedPair => {
                let (first, second) = two(text)?;
                let is_directed = self == Self::DirectedPair;
                Some(Atom::Pair { first: first.to_owned(), second: second.to_owned(), is_directed })
            }
            Self::Point => {
                let (x, y) = two(text)?;
                Some(Atom::Point(integer(x)?, integer(y)?))
            }
            Self::String => (!text.is_empty()).then(|| Atom::Text(text.to_owned())),
        }
    }
}

/// An integer of 32 bits.
pub(super) fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_integer.then(|| text.parse::<i32>().ok().map(i64::from)).flatten()
}

/// A number with or without an exponent.
pub(super) fn float(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => text.parse().ok(),
        _ => None,
    }
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn two(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split_whitespace();
    let found = (parts.next()?, parts.next()?);
    parts.next().is_none().then_some(found)
}

impl Cardinality {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "single" => Self::Single,
            "multiple" => Self::Multiple,
            "ordered" => Self::Ordered,
            "record" => Self::Record,
            _ => return None,
        })
    }

    /// The value of so many atoms.
    pub(super) fn of(self, mut atoms: Vec<Atom>) -> Value {
        match self {
            _ if atoms.is_empty() => Value::Null,
            // Some items declare one value and compare with many: nothing that was answered is lost.
            Self::Single | Self::Record if atoms.len() == 1 => Value::One(atoms.swap_remove(0)),
            Self::Single | Self::Record | Self::Multiple => Value::Multiple(atoms),
            Self::Ordered => Value::Ordered(atoms),
        }
    }
}

impl Atom {
    /// Whether two values are the same. A number is the same however it is written.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Pair { first, second, is_directed },
                Self::Pair { first: other_first, second: other_second, .. },
            ) => {
                let is_same = (first, second) == (other_first, other_second);
                is_same || (!is_directed && (first, second) == (other_second, other_first))
            }
            (own, other) => match (own.number(), other.number()) {
                (Some(own), Some(other)) => own == other,
                _ => own == other,
            },
        }
    }

    /// The number that it is.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            // Integers are far smaller than what a float holds exactly.
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }
}

impl Value {
    pub(super) const fn truth(is_true: bool) -> Self {
        Self::One(Atom::Boolean(is_true))
    }

    pub(super) const fn float(number: f64) -> Self {
        Self::One(Atom::Float(number))
    }

    /// Everything in it but the fields of a record.
    pub(super) fn atoms(&self) -> &[Atom] {
        match self {
            Self::Null | Self::Record(_) => &[],
            Self::One(atom) => std::slice::from_ref(atom),
            Self::Multiple(atoms) | Self::Ordered(atoms) => atoms,
        }
    }

    pub(super) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether two values are the same; the order counts only where there is one.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Record(own), Self::Record(other)) => own == other,
            (Self::Ordered(own), Self::Ordered(other)) => {
                own.len() == other.len() && own.iter().zip(other).all(|(own, other)| own.is(other))
            }
            _ => self.atoms().len() == other.atoms().len() && holds(self.atoms(), other.atoms()),
        }
    }
}

/// Whether a bag holds all of another one, each as often as it is there.
pub(super) fn holds(all: &[Atom], some: &[Atom]) -> bool {
    let mut left: Vec<&Atom> = all.iter().collect();
    some.iter().all(|wanted| match left.iter().position(|own| own.is(wanted)) {
        Some(place) => {
            left.swap_remove(place);
            true
        }
        None => false,
    })
}
