//! Tables of other documents, by `#[view(columns)]`.
