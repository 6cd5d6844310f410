//! Answers to what is asked of the graph's nodes: objects become nodes, values
//! are evaluated.

pub mod call;
pub mod definitions;
mod facts;
pub mod home;
mod leaf;
pub mod resolver;
