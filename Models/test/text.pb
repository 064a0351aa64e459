this is not a graph
