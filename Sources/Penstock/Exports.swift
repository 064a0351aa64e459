// A user imports `Penstock` and has the values that it speaks in.
@_exported public import PenstockCore
@_exported public import PenstockFlow
@_exported public import PenstockImages
@_exported public import PenstockInference
@_exported public import PenstockVideo
