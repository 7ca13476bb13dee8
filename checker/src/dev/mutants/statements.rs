//! Statements of Rust: what stands between the braces of a block.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Words that begin a statement which ends with its block.
const BLOCKS: [&str; 5] = ["for", "while", "loop", "if", "unsafe"];
/// Words that begin an item, which is not a statement.
const ITEMS: [&str; 9] = [
    "fn", "pub", "impl", "struct", "enum", "trait", "use", "const", "mod",
];

/// The byte range of every statement that ends with `;` or with a block.
pub(super) fn statements(tokens: TokenStream) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for token in tokens {
        if let TokenTree::Group(group) = token {
            if group.delimiter() == Delimiter::Brace {
                of_block(group.stream(), &mut found);
            }
            found.extend(statements(group.stream()));
        }
    }
    found
}

fn of_block(block: TokenStream, found: &mut Vec<Range<usize>>) {
    let mut current: Vec<TokenTree> = Vec::new();
    let mut tokens = block.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => {
                let goes_on =
                    matches!(tokens.peek(), Some(TokenTree::Ident(word)) if *word == "else");
                group.delimiter() == Delimiter::Brace && begins_with(&current, &BLOCKS) && !goes_on
            }
            _ => false,
        };
        current.push(token);
        if ends {
            if !begins_with(&current, &ITEMS) {
                found.extend(range(&current));
            }
            current.clear();
        }
    }
}

fn begins_with(tokens: &[TokenTree], words: &[&str]) -> bool {
    matches!(tokens.first(), Some(TokenTree::Ident(word)) if words.iter().any(|known| word == known))
}

fn range(tokens: &[TokenTree]) -> Option<Range<usize>> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(first.span().byte_range().start..last.span().byte_range().end)
}
