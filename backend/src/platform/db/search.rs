//! Searching in texts, the same on every store.

use sea_orm::{
    ColumnTrait, Condition, ExprTrait,
    sea_query::{Expr, Func, LikeExpr, SimpleExpr},
};

/// Rows whose text contains this one, whatever the size of the letters.
pub fn contains<C: ColumnTrait>(column: C, text: &str) -> SimpleExpr {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(LikeExpr::new(pattern).escape('!'))
}

/// Rows whose key, the bytes of a text, begins like this text.
pub fn begins_with<C: ColumnTrait>(key: C, text: &str) -> Condition {
    // No text has a byte of this value, so that everything that begins so comes before.
    let end = [text.as_bytes(), &[0xFF]].concat();
    Condition::all().add(ColumnTrait::gte(&key, text.as_bytes().to_vec())).add(ColumnTrait::lt(&key, end))
}
