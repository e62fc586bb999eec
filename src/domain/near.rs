//! Names that come near a misspelt one (K-9).

/// Up to three names that resemble `text`, nearest first.
pub fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted = text.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|name| {
            let lower = name.to_lowercase();
            let contains = if !wanted.is_empty() && lower.contains(&wanted) {
                0.95
            } else {
                0.0
            };
            (strsim::jaro_winkler(&wanted, &lower).max(contains), name)
        })
        .filter(|(score, _)| *score > 0.8)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .take(3)
        .map(|(_, name)| name.to_owned())
        .collect()
}
