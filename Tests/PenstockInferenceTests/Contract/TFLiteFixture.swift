/// A TensorFlow Lite classifier without operators: tensors, metadata, and labels packed behind.
struct TFLiteFixture {
    var mean: [Float] = [127.5]
    var deviation: [Float] = [127.5]
    var zip: [UInt8] = ZipFixture(name: "labels.txt", content: "a\nb\nc\n").bytes

    var bytes: [UInt8] {
        let quantization = FlatNode.table([2: .floats([0.00390625]), 3: .int64s([3])])
        let input = FlatNode.table([0: .int32s([1, 224, 224, 3]), 1: .uint8(3), 3: .string("pixels")])
        let output = FlatNode.table([0: .int32s([1, 3]), 1: .uint8(3), 3: .string("scores"), 4: quantization])
        let graph = FlatNode.table([0: .tables([output, input]), 1: .int32s([1]), 2: .int32s([0])])
        let buffers = FlatNode.tables([.table([:]), .table([0: .bytes(metadata)])])
        let entries = FlatNode.tables([.table([0: .string("TFLITE_METADATA"), 1: .uint32(1)])])
        let model = FlatNode.table([0: .uint32(3), 2: .tables([graph]), 4: buffers, 6: entries])
        return model.flatbuffer(identifier: "TFL3") + zip
    }

    private var metadata: [UInt8] {
        let unit = FlatNode.table([0: .uint8(1), 1: .table([0: .floats(mean), 1: .floats(deviation)])])
        let content = FlatNode.table([0: .uint8(2), 1: .table([0: .uint8(1)])])
        let input = FlatNode.table([0: .string("image"), 3: content, 4: .tables([unit])])
        let file = FlatNode.table([0: .string("labels.txt"), 2: .uint8(2)])
        let output = FlatNode.table([0: .string("probability"), 6: .tables([file])])
        let graph = FlatNode.table([2: .tables([input]), 3: .tables([output])])
        return FlatNode.table([0: .string("classifier"), 3: .tables([graph])]).flatbuffer(identifier: "M001")
    }
}

/// A ZIP archive of one file, as it is or said to be compressed.
struct ZipFixture {
    var name: String
    var content: String
    var method: UInt16 = 0

    var bytes: [UInt8] {
        let size = FlatBuilder.little(UInt32(content.utf8.count))
        let common =
            FlatBuilder.little(UInt16(20)) + [0, 0] + FlatBuilder.little(method) + [UInt8](repeating: 0, count: 8)
            + size + size + FlatBuilder.little(UInt16(name.utf8.count)) + [0, 0]
        let header = FlatBuilder.little(UInt32(0x0403_4B50)) + common + Array(name.utf8) + Array(content.utf8)
        let directory =
            FlatBuilder.little(UInt32(0x0201_4B50)) + [20, 0] + common + [UInt8](repeating: 0, count: 14)
            + Array(name.utf8)
        return header + directory + FlatBuilder.little(UInt32(0x0605_4B50)) + [0, 0, 0, 0, 1, 0, 1, 0]
            + FlatBuilder.little(UInt32(directory.count)) + FlatBuilder.little(UInt32(header.count)) + [0, 0]
    }
}
