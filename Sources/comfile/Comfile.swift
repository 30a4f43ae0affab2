import ArgumentParser
@main struct X { static func main() {} }
